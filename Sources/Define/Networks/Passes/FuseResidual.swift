import Kernels
import Mutants
import Workloads

extension Pass {
    /// A residual connection becomes part of the convolution or linear layer that computes one of its terms: the later
    /// one, so that the other term already exists.
    static let fuseResidual = Pass(
        name: "fuse-residual", summary: "residual sums become part of the layers before them"
    ) { graph throws(ShapeError) in
        for sum in graph.numbers.reversed() {
            guard (graph[sum]?.workload as? Add)?.isPlain == true, let a = graph[sum]?.inputs["a"],
                let b = graph[sum]?.inputs["b"], a != b
            else { continue }
            let candidates = [(a, b), (b, a)].compactMap { own, other in
                graph.producer(of: own).map { (number: $0, other: other) }
            }
            guard let (number, other) = candidates.max(by: { $0.number < $1.number }), var layer = graph[number],
                layer.hasFreeEpilogue, graph.onlyConsumer(of: number) == sum,
                !layer.workload.arguments.flag("residual")
            else { continue }
            if !planted(.fuseResidual) {
                layer.workload = try layer.workload.with(["residual": .flag(true)])
                layer.inputs["residual"] = other
            }
            graph.replace(number, by: layer, absorbing: sum)
        }
    }
}
