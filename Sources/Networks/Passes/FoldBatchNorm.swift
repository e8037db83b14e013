import Kernels
import Tensors
import Workloads

extension Pass {
    /// A batch norm behind a convolution or a linear layer becomes part of its weights and bias:
    /// W' = W g / sqrt(v + eps), b' = (b - m) g / sqrt(v + eps) + beta (Jacob et al., 2018, section 3.2).
    static let foldBatchNorm = Pass(
        name: "fold-batch-norm", summary: "batch norms become part of the weights before them"
    ) { graph throws(ShapeError) in
        var index = 0
        while index < graph.layers.count {
            defer { index += 1 }
            let layer = graph.layers[index]
            guard layer.workload is Conv2D, let next = graph.onlyConsumer(of: index),
                graph.layers[next].workload is BatchNorm
            else { continue }
            try fold(graph.layers[next], into: index, &graph)
            graph.remove(layer: next)
        }
    }

    private static func fold(_ norm: Layer, into index: Int, _ graph: inout Graph) throws(ShapeError) {
        var layer = graph.layers[index]
        guard let weight = layer.weights["weight"], let statistics = Statistics(norm),
            let shape = layer.workload.operands.first(where: { $0.name == "weight" })?.shape
        else { return }
        let outputs = shape.extents[0]
        let bias = layer.weights["bias"]
        layer.weights["weight"] = weight.scaledRows(shape, by: statistics.sources) { Statistics.factors($0) }
        layer.weights["bias"] = .made(
            Derivation(.vector(outputs), from: statistics.sources + (bias.map { [$0] } ?? [])) { sources, target in
                let factors = Statistics.factors(sources[..<4])
                for o in 0..<outputs {
                    let before = sources.count > 4 ? sources[4].floats[o] : 0
                    target[o] = (before - sources[2].floats[o]) * factors[o] + sources[1].floats[o]
                }
            })
        layer.workload = try layer.workload.with(["bias": .flag(true)])
        layer.output = norm.output
        graph.layers[index] = layer
    }
}

/// The weights of a batch norm, as sources of others.
struct Statistics {
    /// Weight, bias, mean, variance.
    let sources: [Weight]

    init?(_ norm: Layer) {
        let sources = ["weight", "bias", "mean", "variance"].compactMap { norm.weights[$0] }
        guard sources.count == 4 else { return nil }
        self.sources = sources
    }

    /// g / sqrt(v + eps), channel by channel.
    static func factors(_ sources: ArraySlice<Tensor>) -> [Float] {
        let (weight, variance) = (sources[sources.startIndex], sources[sources.startIndex + 3])
        return (0..<weight.count).map { c in
            Float(Double(weight.floats[c]) / (Double(variance.floats[c]) + BatchNorm.epsilon).squareRoot())
        }
    }
}
