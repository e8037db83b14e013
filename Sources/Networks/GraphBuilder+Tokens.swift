import Kernels
import Workloads

/// The words of models that work on tokens, or on pixels as tokens: the last extent is the features, those before it
/// are rows.
extension GraphBuilder {
    /// Normalisation of each row, with the epsilon that vision models have.
    package func layerNorm(_ name: String, _ x: FeatureMap, epsilon: Double = 1e-6) throws(ShapeError) -> FeatureMap {
        try layer(
            name, LayerNorm.self, [("rows", x.count / x.channels), ("f", x.channels), ("eps", epsilon)],
            inputs: ["x": x]
        ).reshaped(x.extents)
    }
}
