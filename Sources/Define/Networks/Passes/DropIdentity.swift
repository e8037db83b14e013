import Kernels
import Workloads

extension Pass {
    /// Removes layers that return their input: dropout at inference.
    static let dropIdentity = Pass(
        name: "drop-identity", summary: "dropout and other identities are left out", servesTraining: true
    ) {
        graph throws(ShapeError) in
        for number in graph.numbers.reversed() {
            // A state must be read at this point: later it may have another value.
            guard let layer = graph[number], layer.workload is Identity, let input = layer.inputs["x"],
                let output = layer.onlyOutput, !graph.isKept(output), !graph.isState(input)
            else { continue }
            graph.redirect(readersOf: output, to: input)
            graph[number] = nil
        }
    }
}
