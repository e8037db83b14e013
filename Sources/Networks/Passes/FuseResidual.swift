import Kernels
import Mutants
import Workloads

extension Pass {
    /// A residual connection becomes part of the convolution or linear layer that computes one of its terms: the later one,
    /// which then finds the other there.
    static let fuseResidual = Pass(
        name: "fuse-residual", summary: "residual sums become part of the layers before them"
    ) { graph throws(ShapeError) in
        for index in graph.layers.indices.reversed() {
            guard index < graph.layers.count, graph.layers[index].workload is Add,
                let a = graph.layers[index].inputs["a"], let b = graph.layers[index].inputs["b"], a != b
            else { continue }
            let candidates = [(a, b), (b, a)].compactMap { own, other in
                graph.producer(of: own).map { (layer: $0, other: other) }
            }
            guard let (layer, other) = candidates.max(by: { $0.layer < $1.layer }),
                graph.layers[layer].hasFreeEpilogue, graph.onlyConsumer(of: layer) == index,
                !graph.layers[layer].workload.arguments.flag("residual")
            else { continue }
            if !planted(.fuseResidual) {
                graph.layers[layer].workload = try graph.layers[layer].workload.with(["residual": .flag(true)])
                graph.layers[layer].inputs["residual"] = other
            }
            graph.layers[layer].output = graph.layers[index].output
            graph.remove(layer: index)
        }
    }
}
