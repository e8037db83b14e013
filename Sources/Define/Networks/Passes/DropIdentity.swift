import Kernels
import Workloads

extension Pass {
    /// What gives back what it gets is left out: dropout at inference.
    static let dropIdentity = Pass(name: "drop-identity", summary: "dropout and other identities are left out") {
        graph throws(ShapeError) in
        for number in graph.numbers.reversed() {
            // A state is read when it was written so: later it may be another.
            guard let layer = graph[number], layer.workload is Identity, let input = layer.inputs["x"],
                let output = layer.onlyOutput, !graph.isKept(output), !graph.isState(input)
            else { continue }
            graph.redirect(readersOf: output, to: input)
            graph[number] = nil
        }
    }
}
