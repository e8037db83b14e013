import Kernels
import Workloads

extension Pass {
    /// A nonlinearity behind a convolution or a linear layer is applied to the sums before they are stored.
    static let fuseActivation = Pass(
        name: "fuse-activation", summary: "nonlinearities become part of the layers before them"
    ) { graph throws(ShapeError) in
        for index in graph.layers.indices.reversed() {
            guard index < graph.layers.count, graph.layers[index].hasFreeEpilogue,
                let next = graph.onlyConsumer(of: index), let activation = graph.layers[next].workload as? Activation
            else { continue }
            graph.layers[index].workload = try graph.layers[index].workload.with([
                "act": .word(activation.arguments.word("function"))
            ])
            graph.layers[index].output = graph.layers[next].output
            graph.remove(layer: next)
        }
    }
}

extension Layer {
    /// Whether an activation or a residual can still be added to what it computes.
    var hasFreeEpilogue: Bool {
        (workload is Conv2D || workload is MatMul) && workload.arguments.word("act") == "none"
    }
}
