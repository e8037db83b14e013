import Kernels
import Workloads

/// The building blocks of models that work on tokens, or on pixels as tokens: the last extent is the features, those
/// before it are rows.
extension GraphBuilder {
    /// Normalisation of each row, with the usual epsilon of vision models.
    package func layerNorm(_ name: String, _ x: FeatureMap, epsilon: Double = 1e-6) throws(ShapeError) -> FeatureMap {
        try layer(
            name, LayerNorm.kind, [("rows", x.count / x.channels), ("f", x.channels), ("eps", epsilon)],
            inputs: ["x": x]
        ).reshaped(x.extents)
    }

    /// Self-attention like PyTorch's `MultiheadAttention`: one projection to queries, keys and values, and one back.
    package func selfAttention(_ name: String, _ x: FeatureMap, heads: Int) throws(ShapeError) -> FeatureMap {
        let (tokens, channels) = (x.extents[1], x.channels)
        guard channels.isMultiple(of: heads) else {
            throw ShapeError(
                "\(heads) heads do not divide \(channels) channels", parameter: "heads",
                remedy: "use a number that does")
        }
        return try scope(name) { () throws(ShapeError) in
            let qkv = try linear(
                "", x, try product(3, channels), renamed: ["weight": "in_proj_weight", "bias": "in_proj_bias"])
            let y = try layer(
                "attention", Attention.kind,
                [("b", x.batch), ("h", heads), ("q", tokens), ("d", channels / heads), ("packed", true)],
                inputs: ["qkv": qkv])
            return try linear("out_proj", y.reshaped(x.extents), channels)
        }
    }

    /// Puts a learned token before the others and adds learned positions.
    package func classToken(
        _ x: FeatureMap, token: String, position: String
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            "", ClassToken.kind, [("n", x.batch), ("s", x.extents[1]), ("c", x.channels)], inputs: ["x": x],
            renamed: ["token": token, "position": position])
    }

    /// The first token of each sequence, as [n, channels].
    package func firstToken(_ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer(
            "first", ChannelSlice.kind,
            [("n", x.batch), ("c", x.extents[1] * x.channels), ("h", 1), ("w", 1), ("count", x.channels)],
            inputs: ["x": x]
        ).reshaped([x.batch, x.channels])
    }
}
