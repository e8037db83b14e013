import Workloads

/// Inverted residuals with squeeze-and-excitation, scaled in width, depth and resolution together (Tan and Le,
/// "EfficientNet", 2019); named as in torchvision.
enum EfficientNet {
    /// A row of the paper's table 1.
    private struct Row {
        let expansion: Int
        let kernel: Int
        let stride: Int
        let channels: Int
        let blocks: Int

        init(_ expansion: Int, _ kernel: Int, _ stride: Int, _ channels: Int, _ blocks: Int) {
            (self.expansion, self.kernel, self.stride) = (expansion, kernel, stride)
            (self.channels, self.blocks) = (channels, blocks)
        }
    }

    private static let rows: [Row] = [
        Row(1, 3, 1, 16, 1), Row(6, 3, 2, 24, 2), Row(6, 5, 2, 40, 2), Row(6, 3, 2, 80, 3), Row(6, 5, 1, 112, 3),
        Row(6, 5, 2, 192, 4), Row(6, 3, 1, 320, 1),
    ]

    static let members = [
        member(0, width: 1.0, depth: 1.0, resolution: 224), member(1, width: 1.0, depth: 1.1, resolution: 240),
        member(2, width: 1.1, depth: 1.2, resolution: 288), member(3, width: 1.2, depth: 1.4, resolution: 300),
        member(4, width: 1.4, depth: 1.8, resolution: 380),
        member(5, width: 1.6, depth: 2.2, resolution: 456, epsilon: 1e-3),
        member(6, width: 1.8, depth: 2.6, resolution: 528, epsilon: 1e-3),
        member(7, width: 2.0, depth: 3.1, resolution: 600, epsilon: 1e-3),
    ]

    /// A member by its compound scaling. Its example is no deeper than the first one: with drawn weights, a deep
    /// network amplifies rounding errors.
    /// - Parameter epsilon: the epsilon of all batch norms.
    private static func member(
        _ number: Int, width: Double, depth: Double, resolution: Int, epsilon: Double = 1e-5
    ) -> Kind {
        let schema = Schema.model(
            "efficientnet_b\(number)", "inverted residuals with squeeze-and-excitation, scaled together",
            [
                .widthMultiplier(default: width),
                Parameter("depth", .real(0.01...16), .value(.real(depth)), "what the blocks are multiplied by")
                    .usually(0.1...4),
            ], resolution: resolution, example: "h=32,w=32,classes=10,depth=1")
        return .model(schema) { (net, arguments) throws(ShapeError) in try build(net, arguments, epsilon: epsilon) }
    }

    private static func build(
        _ net: GraphBuilder, _ arguments: Arguments, epsilon: Double
    ) throws(ShapeError) {
        let (width, depth) = (arguments.real("width"), arguments.real("depth"))
        var x = try net.image(arguments)
        x = try net.convNorm(
            "features.0.0", "features.0.1", x, divisible(32 * width), kernel: 3, stride: 2, epsilon: epsilon,
            act: "silu")
        for (stage, row) in rows.enumerated() {
            for number in 0..<Int((Double(row.blocks) * depth).rounded(.up)) {
                x = try net.scope("features.\(stage + 1).\(number).block") { () throws(ShapeError) in
                    try block(
                        net, x, row, divisible(Double(row.channels) * width), stride: number == 0 ? row.stride : 1,
                        epsilon: epsilon)
                }
            }
        }
        x = try net.convNorm(
            "features.8.0", "features.8.1", x, 4 * x.channels, kernel: 1, epsilon: epsilon, act: "silu")
        x = try net.dropout("classifier.0", try net.globalAveragePool("avgpool", x))
        try net.output("y", try net.linear("classifier.1", x, arguments.int("classes")), layout: "NC")
    }

    private static func block(
        _ net: GraphBuilder, _ x: FeatureMap, _ row: Row, _ channels: Int, stride: Int, epsilon: Double
    ) throws(ShapeError) -> FeatureMap {
        let expanded = divisible(Double(x.channels * row.expansion))
        var (y, next) = (x, 0)
        if expanded != x.channels {
            y = try net.convNorm("0.0", "0.1", y, expanded, kernel: 1, epsilon: epsilon, act: "silu")
            next += 1
        }
        y = try net.convNorm(
            "\(next).0", "\(next).1", y, expanded, kernel: row.kernel, stride: stride, groups: expanded,
            epsilon: epsilon, act: "silu")
        y = try net.squeezeExcite("\(next + 1)", y, squeeze: max(1, x.channels / 4), act: "silu", gate: "sigmoid")
        y = try net.convNorm("\(next + 2).0", "\(next + 2).1", y, channels, kernel: 1, epsilon: epsilon)
        return stride == 1 && x.channels == channels ? try net.add(y, x) : y
    }
}
