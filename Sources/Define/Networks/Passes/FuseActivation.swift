import Kernels
import Mutants
import Workloads

extension Pass {
    /// A nonlinearity after a convolution, a linear layer or a batch norm is applied to their result before that is
    /// stored, or while it is in the cache.
    static let fuseActivation = Pass(
        name: "fuse-activation", summary: "nonlinearities become part of the layers before them"
    ) { graph throws(ShapeError) in
        for number in graph.numbers.reversed() {
            guard var layer = graph[number], layer.canEndInActivation, let next = graph.onlyConsumer(of: number),
                let activation = graph[next]?.workload as? Activation
            else { continue }
            if !planted(.fuseActivation) {
                layer.workload = try layer.workload.with(["act": .word(activation.arguments.word("function"))])
            }
            graph.replace(number, by: layer, absorbing: next)
        }
    }
}

extension Layer {
    /// Whether an activation can still be applied to its result.
    var canEndInActivation: Bool {
        (workload is Conv2D || workload is MatMul || workload is BatchNorm) && workload.arguments.word("act") == "none"
    }

    /// Whether a residual can still be added to its result.
    var hasFreeEpilogue: Bool { canEndInActivation && !(workload is BatchNorm) }
}
