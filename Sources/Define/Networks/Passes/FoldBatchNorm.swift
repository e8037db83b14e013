import Kernels
import Mutants
import Tensors
import Workloads

extension Pass {
    /// A batch norm after a convolution becomes part of its weights and bias:
    /// W' = W g / sqrt(v + eps), b' = (b - m) g / sqrt(v + eps) + beta (Jacob et al., 2018, section 3.2).
    static let foldBatchNorm = Pass(
        name: "fold-batch-norm", summary: "batch norms become part of the weights before them"
    ) { graph throws(ShapeError) in
        for number in graph.numbers {
            guard let layer = graph[number], layer.workload is Conv2D, layer.hasFreeEpilogue,
                let next = graph.onlyConsumer(of: number), let statistics = graph[next].flatMap(NormStatistics.init),
                let weight = layer.weights["weight"],
                let shape = layer.workload.operands.first(where: { $0.name == "weight" })?.shape
            else { continue }
            graph.replace(
                number, by: try fold(statistics, into: layer, weight: weight, shape), absorbing: next)
        }
    }

    private static func fold(
        _ statistics: NormStatistics, into layer: Layer, weight: Weight, _ shape: Shape
    ) throws(ShapeError) -> Layer {
        var layer = layer
        let outputs = shape.extents[0]
        let bias = layer.weights["bias"]
        layer.weights["weight"] = weight.scaledRows(shape, by: statistics.sources) { statistics.factors($0) }
        layer.weights["bias"] = .made(
            Derivation(.vector(outputs), from: statistics.sources + (bias.map { [$0] } ?? [])) { sources, target in
                let factors = statistics.factors(sources[..<4])
                for o in 0..<outputs {
                    let before = sources.count > 4 ? sources[4].floats[o] : 0
                    let mean = planted(.foldMean) ? 0 : sources[2].floats[o]
                    target[o] = (before - mean) * factors[o] + sources[1].floats[o]
                }
            })
        layer.workload = try layer.workload.with(["bias": .flag(true)])
        return layer
    }
}

/// The weights of a batch norm, as sources of other weights.
struct NormStatistics: Sendable {
    /// Weight, bias, mean, variance.
    let sources: [Weight]
    private let epsilon: Double

    /// Nil for any other layer, and for a norm with an activation.
    init?(_ norm: Layer) {
        let sources = ["weight", "bias", "mean", "variance"].compactMap { norm.weights[$0] }
        guard let kernel = norm.workload as? BatchNorm, norm.canEndInActivation, sources.count == 4 else { return nil }
        self.sources = sources
        epsilon = kernel.epsilon
    }

    /// g / sqrt(v + eps) per channel.
    func factors(_ sources: ArraySlice<Tensor>) -> [Float] {
        let (weight, variance) = (sources[sources.startIndex], sources[sources.startIndex + 3])
        let epsilon = planted(.foldEpsilon) ? 10 * epsilon : epsilon
        return (0..<weight.count).map { channel in
            let c = planted(.foldChannel) ? 0 : channel
            return Float(Double(weight.floats[c]) / (Double(variance.floats[c]) + epsilon).squareRoot())
        }
    }
}
