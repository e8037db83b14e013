import Kernels
import Workloads

/// The words in which models are written. Names of weights are those of PyTorch's modules.
extension GraphBuilder {
    /// A convolution, without a bias where a norm follows. `padding` keeps the size at stride 1 where it is not said.
    package func conv(
        _ name: String, _ x: FeatureMap, _ channels: Int, kernel: Int, stride: Int = 1, padding: Int? = nil,
        dilation: Int = 1, groups: Int = 1, bias: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            name, Conv2D.self,
            [
                ("n", x.batch), ("ci", x.channels), ("co", channels), ("h", x.height), ("w", x.width), ("k", kernel),
                ("s", stride), ("d", dilation), ("p", padding ?? dilation * (kernel - 1) / 2), ("g", groups),
                ("bias", bias),
            ], inputs: ["x": x])
    }

    /// Normalisation by the statistics of training.
    package func batchNorm(_ name: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer(
            name, BatchNorm.self, [("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width)],
            inputs: ["x": x], renamed: ["mean": "running_mean", "variance": "running_var"])
    }

    /// A convolution, its batch norm, and a nonlinearity where one is named.
    package func convNorm(
        _ name: String, _ norm: String, _ x: FeatureMap, _ channels: Int, kernel: Int, stride: Int = 1,
        padding: Int? = nil, dilation: Int = 1, groups: Int = 1, act function: String? = nil
    ) throws(ShapeError) -> FeatureMap {
        var y = try conv(
            name, x, channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation, groups: groups)
        y = try batchNorm(norm, y)
        return if let function { try activation(function, y) } else { y }
    }

    /// Nothing, at inference.
    package func dropout(_ name: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer(name, Identity.self, [("elements", x.count)], inputs: ["x": x]).reshaped(x.extents)
    }

    /// A nonlinearity, element by element.
    package func activation(_ function: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        let y = try layer(
            function, Activation.self, [("function", function), ("elements", x.count)], inputs: ["x": x])
        return y.reshaped(x.extents)
    }

    package func relu(_ x: FeatureMap) throws(ShapeError) -> FeatureMap { try activation("relu", x) }

    /// A residual connection.
    package func add(_ a: FeatureMap, _ b: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer("add", Add.self, [("elements", a.count)], inputs: ["a": a, "b": b]).reshaped(a.extents)
    }

    /// A learned factor for every channel, itself called `name`.
    package func layerScale(_ name: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer(
            name, ChannelScale.self,
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
            name, Pool2D.self,
            [
                ("kind", kind), ("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width),
                ("k", "\(kernel.0)x\(kernel.1)"), ("s", "\(stride.0)x\(stride.1)"), ("p", padding),
            ], inputs: ["x": x])
    }

    /// y = x W^T + b for each row: the last extent is the features, those before it are rows.
    package func linear(
        _ name: String, _ x: FeatureMap, _ features: Int, bias: Bool = true, renamed: [String: String] = [:]
    ) throws(ShapeError) -> FeatureMap {
        let y = try layer(
            name, MatMul.self,
            [
                ("m", x.count / x.channels), ("k", x.channels), ("n", features), ("bias", bias), ("transposed", true),
            ], inputs: ["x": x], renamed: renamed)
        return y.reshaped(x.extents.dropLast() + [features])
    }
}
