import Workloads

/// Inverted residuals with squeeze-and-excitation (Howard et al., "Searching for MobileNetV3", 2019); named as in
/// torchvision.
enum MobileNetV3 {
    /// A row of the paper's tables 1 and 2.
    struct Row {
        let kernel: Int
        let expanded: Int
        let channels: Int
        let hasSqueeze: Bool
        let act: String
        let stride: Int

        init(_ kernel: Int, _ expanded: Int, _ channels: Int, _ hasSqueeze: Bool, _ act: String, _ stride: Int) {
            (self.kernel, self.expanded, self.channels) = (kernel, expanded, channels)
            (self.hasSqueeze, self.act, self.stride) = (hasSqueeze, act, stride)
        }
    }

    /// The epsilon of all batch norms in the public models.
    private static let epsilon = 1e-3

    static let members = [
        member("large", large, hidden: 1280), member("small", small, hidden: 1024),
    ]

    private static func member(_ size: String, _ rows: [Row], hidden: Int) -> Kind {
        let summary = "inverted residuals with squeeze-and-excitation, the \(size) one"
        return .model(.model("mobilenet_v3_\(size)", summary, [.widthMultiplier()])) {
            (net, arguments) throws(ShapeError) in
            try build(net, arguments, rows, hidden: hidden)
        }
    }

    /// Table 1.
    static let large: [Row] = [
        .init(3, 16, 16, false, "relu", 1),
        .init(3, 64, 24, false, "relu", 2), .init(3, 72, 24, false, "relu", 1),
        .init(5, 72, 40, true, "relu", 2), .init(5, 120, 40, true, "relu", 1), .init(5, 120, 40, true, "relu", 1),
        .init(3, 240, 80, false, "hardswish", 2), .init(3, 200, 80, false, "hardswish", 1),
        .init(3, 184, 80, false, "hardswish", 1), .init(3, 184, 80, false, "hardswish", 1),
        .init(3, 480, 112, true, "hardswish", 1), .init(3, 672, 112, true, "hardswish", 1),
        .init(5, 672, 160, true, "hardswish", 2), .init(5, 960, 160, true, "hardswish", 1),
        .init(5, 960, 160, true, "hardswish", 1),
    ]

    /// Table 2.
    private static let small: [Row] = [
        .init(3, 16, 16, true, "relu", 2),
        .init(3, 72, 24, false, "relu", 2), .init(3, 88, 24, false, "relu", 1),
        .init(5, 96, 40, true, "hardswish", 2), .init(5, 240, 40, true, "hardswish", 1),
        .init(5, 240, 40, true, "hardswish", 1), .init(5, 120, 48, true, "hardswish", 1),
        .init(5, 144, 48, true, "hardswish", 1),
        .init(5, 288, 96, true, "hardswish", 2), .init(5, 576, 96, true, "hardswish", 1),
        .init(5, 576, 96, true, "hardswish", 1),
    ]

    /// - Parameter hidden: channels inside the classifier, at width 1.
    private static func build(
        _ net: GraphBuilder, _ arguments: Arguments, _ rows: [Row], hidden: Int
    ) throws(ShapeError) {
        let maps = try net.scope("features") { () throws(ShapeError) in try features(net, arguments, rows) }
        var x = try net.globalAveragePool("avgpool", maps[maps.count - 1])
        x = try net.linear("classifier.0", x, divisible(Double(hidden) * arguments.real("width")))
        x = try net.dropout("classifier.2", try net.activation("hardswish", x))
        try net.output("y", try net.linear("classifier.3", x, arguments.int("classes")), layout: "NC")
    }

    /// The outputs of the stem, every block and the last 1x1. Strides beyond the output stride become dilations.
    static func features(
        _ net: GraphBuilder, _ arguments: Arguments, _ rows: [Row], outputStride: Int = 32
    ) throws(ShapeError) -> [FeatureMap] {
        let width = arguments.real("width")
        var x = try net.image(arguments)
        x = try net.convNorm(
            "0.0", "0.1", x, divisible(16 * width), kernel: 3, stride: 2, epsilon: epsilon, act: "hardswish")
        var maps = [x]
        var steps = DilatedStride(reached: 2, limit: outputStride, isEager: true)
        for row in rows {
            let step = steps.take(row.stride)
            x = try net.scope("\(maps.count).block") { () throws(ShapeError) in
                try block(net, x, row, width: width, step)
            }
            maps.append(x)
        }
        let last = "\(maps.count)"
        x = try net.convNorm(
            "\(last).0", "\(last).1", x, 6 * x.channels, kernel: 1, epsilon: epsilon, act: "hardswish")
        return maps + [x]
    }

    private static func block(
        _ net: GraphBuilder, _ x: FeatureMap, _ row: Row, width: Double, _ step: DilatedStride.Step
    ) throws(ShapeError) -> FeatureMap {
        let expanded = divisible(Double(row.expanded) * width)
        let channels = divisible(Double(row.channels) * width)
        var (y, next) = (x, 0)
        if expanded != x.channels {
            y = try net.convNorm("0.0", "0.1", y, expanded, kernel: 1, epsilon: epsilon, act: row.act)
            next += 1
        }
        y = try net.convNorm(
            "\(next).0", "\(next).1", y, expanded, kernel: row.kernel, stride: step.stride, dilation: step.dilation,
            groups: expanded, epsilon: epsilon, act: row.act)
        next += 1
        if row.hasSqueeze {
            y = try net.squeezeExcite(
                "\(next)", y, squeeze: divisible(Double(expanded / 4)), act: "relu", gate: "hardsigmoid")
            next += 1
        }
        y = try net.convNorm("\(next).0", "\(next).1", y, channels, kernel: 1, epsilon: epsilon)
        // Uses the stride of the table: a block that dilates instead has no shortcut either.
        return row.stride == 1 && x.channels == channels ? try net.add(y, x) : y
    }
}
