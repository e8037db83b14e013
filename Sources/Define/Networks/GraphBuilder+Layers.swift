import Kernels
import Workloads

/// The building blocks of models. Weights are named as in PyTorch's modules.
extension GraphBuilder {
    /// A convolution. By default it has no bias, as before a norm, and its padding keeps the size at stride 1.
    package func conv(
        _ name: String, _ x: FeatureMap, _ channels: Int, kernel: Int, stride: Int = 1, padding: Int? = nil,
        dilation: Int = 1, groups: Int = 1, bias: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            name, Conv2D.kind,
            [
                ("n", x.batch), ("ci", x.channels), ("co", channels), ("h", x.height), ("w", x.width), ("k", kernel),
                ("s", stride), ("d", dilation), ("p", padding ?? dilation * (kernel - 1) / 2), ("g", groups),
                ("bias", bias),
            ], inputs: ["x": x])
    }

    /// Normalisation by statistics from training.
    package func batchNorm(
        _ name: String, _ x: FeatureMap, epsilon: Double = 1e-5
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            name, BatchNorm.kind,
            [("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width), ("eps", epsilon)],
            inputs: ["x": x], renamed: ["mean": "running_mean", "variance": "running_var"])
    }

    /// A convolution, its batch norm, and an optional nonlinearity.
    package func convNorm(
        _ name: String, _ norm: String, _ x: FeatureMap, _ channels: Int, kernel: Int, stride: Int = 1,
        padding: Int? = nil, dilation: Int = 1, groups: Int = 1, bias: Bool = false, epsilon: Double = 1e-5,
        act function: String? = nil
    ) throws(ShapeError) -> FeatureMap {
        var y = try conv(
            name, x, channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation, groups: groups,
            bias: bias)
        y = try batchNorm(norm, y, epsilon: epsilon)
        return if let function { try activation(function, y) } else { y }
    }

    /// Does nothing at inference.
    package func dropout(_ name: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer(name, Identity.kind, [("elements", x.count)], inputs: ["x": x]).reshaped(x.extents)
    }

    /// A nonlinearity, element by element.
    package func activation(_ function: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        let y = try layer(
            function, Activation.kind, [("function", function), ("elements", x.count)], inputs: ["x": x])
        return y.reshaped(x.extents)
    }

    package func relu(_ x: FeatureMap) throws(ShapeError) -> FeatureMap { try activation("relu", x) }

    /// A residual connection, or alpha * a + beta * b.
    package func add(
        _ a: FeatureMap, _ b: FeatureMap, alpha: Double = 1, beta: Double = 1
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            "add", Add.kind, [("elements", a.count), ("alpha", alpha), ("beta", beta)], inputs: ["a": a, "b": b]
        ).reshaped(a.extents)
    }

    /// A learned factor for every channel; the weight itself is called `name`.
    package func layerScale(_ name: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer(
            name, ChannelScale.kind,
            [("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width), ("learned", true)],
            inputs: ["x": x], renamed: ["weight": ""])
    }

    package func maxPool(
        _ name: String, _ x: FeatureMap, kernel: Int, stride: Int, padding: Int = 0
    ) throws(ShapeError) -> FeatureMap {
        try pool(name, "max", x, (kernel, kernel), stride: (stride, stride), padding: padding)
    }

    /// The mean of every channel, as [n, channels].
    package func globalAveragePool(_ name: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        try pool(name, "average", x, (x.height, x.width), stride: (1, 1), padding: 0).reshaped([x.batch, x.channels])
    }

    package func pool(
        _ name: String, _ kind: String, _ x: FeatureMap, _ kernel: (Int, Int), stride: (Int, Int), padding: Int
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            name, Pool2D.kind,
            [
                ("kind", kind), ("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width),
                ("k", "\(kernel.0)x\(kernel.1)"), ("s", "\(stride.0)x\(stride.1)"), ("p", padding),
            ], inputs: ["x": x])
    }

    /// Averages images to a given size.
    package func adaptiveAveragePool(_ name: String, _ x: FeatureMap, size: Int) throws(ShapeError) -> FeatureMap {
        try layer(
            name, AdaptivePool2D.kind,
            [
                ("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width), ("oh", size), ("ow", size),
            ], inputs: ["x": x])
    }

    /// Images at another size.
    package func resize(
        _ name: String, _ x: FeatureMap, _ kind: String = "bilinear", height: Int, width: Int
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            name, Resize.kind,
            [
                ("kind", kind), ("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width), ("oh", height),
                ("ow", width),
            ], inputs: ["x": x])
    }

    /// The channels of all maps, side by side.
    package func concat(_ name: String, _ maps: [FeatureMap]) throws(ShapeError) -> FeatureMap {
        let channels = maps.map { String($0.channels) }.joined(separator: "+")
        let inputs = maps.enumerated().map { ("x\($0)", $1) }
        return try layer(
            name, Concat.kind, [("n", maps[0].batch), ("h", maps[0].height), ("w", maps[0].width), ("c", channels)],
            inputs: Dictionary(uniqueKeysWithValues: inputs))
    }

    /// Some neighbouring channels.
    package func slice(_ name: String, _ x: FeatureMap, _ channels: Range<Int>) throws(ShapeError) -> FeatureMap {
        try layer(
            name, ChannelSlice.kind,
            [
                ("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width), ("from", channels.lowerBound),
                ("count", channels.count),
            ], inputs: ["x": x])
    }

    /// The channels dealt out among groups.
    package func shuffle(_ name: String, _ x: FeatureMap, groups: Int) throws(ShapeError) -> FeatureMap {
        try layer(
            name, ChannelShuffle.kind,
            [("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width), ("g", groups)], inputs: ["x": x])
    }

    /// Squeeze-and-excitation (Hu et al., 2018): each channel times a factor, from two small layers over all means.
    ///
    /// - Parameters:
    ///   - squeeze: channels between the two layers.
    ///   - act: the nonlinearity between them.
    ///   - gate: the function that turns the second layer's sums into factors.
    package func squeezeExcite(
        _ name: String, _ x: FeatureMap, squeeze: Int, act: String, gate: String
    ) throws(ShapeError) -> FeatureMap {
        try scope(name) { () throws(ShapeError) in
            var y = try globalAveragePool("avgpool", x).reshaped([x.batch, 1, 1, x.channels])
            y = try activation(act, try conv("fc1", y, squeeze, kernel: 1, bias: true))
            y = try activation(gate, try conv("fc2", y, x.channels, kernel: 1, bias: true))
            return try layer(
                "scale", ChannelScale.kind, [("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width)],
                inputs: ["x": x, "factors": y])
        }
    }

    /// A linear layer over all elements of an image, in PyTorch's order: channels outermost.
    package func linearOverImage(_ name: String, _ x: FeatureMap, _ features: Int) throws(ShapeError) -> FeatureMap {
        try layer(
            name, Conv2D.kind,
            [
                ("n", x.batch), ("ci", x.channels), ("co", features), ("h", x.height), ("w", x.width),
                ("k", "\(x.height)x\(x.width)"), ("p", 0), ("bias", true),
            ], inputs: ["x": x], flattened: true
        ).reshaped([x.batch, features])
    }

    /// y = x W^T + b for each row: the last extent is the features, those before it are rows.
    package func linear(
        _ name: String, _ x: FeatureMap, _ features: Int, bias: Bool = true, renamed: [String: String] = [:]
    ) throws(ShapeError) -> FeatureMap {
        let y = try layer(
            name, MatMul.kind,
            [
                ("m", x.count / x.channels), ("k", x.channels), ("n", features), ("bias", bias), ("transposed", true),
            ], inputs: ["x": x], renamed: renamed)
        return y.reshaped(x.extents.dropLast() + [features])
    }
}
