import Workloads

/// Inverted residuals with linear bottlenecks (Sandler et al., "MobileNetV2", 2018); named as in torchvision.
enum MobileNetV2 {
    static let members: [Kind] = [
        .model(.model("mobilenet_v2", "inverted residuals with linear bottlenecks", parameters), build: build)
    ]

    static let parameters: [Parameter] = [
        .widthMultiplier(), .count("expansion", default: 6, "channels inside a block over those that come in"),
    ]

    private static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        var x = try net.scope("features") { () throws(ShapeError) in try features(net, arguments) }
        let channels = divisible(1280 * max(1, arguments.real("width")))
        x = try net.convNorm("features.18.0", "features.18.1", x, channels, kernel: 1, act: "relu6")
        x = try net.dropout("classifier.0", try net.globalAveragePool("avgpool", x))
        try net.output("y", try net.linear("classifier.1", x, arguments.int("classes")), layout: "NC")
    }

    /// Expansion (nil: the parameter), channels, blocks and stride of each stage: table 2 of the paper.
    private static let stages: [(expansion: Int?, channels: Int, blocks: Int, stride: Int)] = [
        (1, 16, 1, 1), (nil, 24, 2, 2), (nil, 32, 3, 2), (nil, 64, 4, 2), (nil, 96, 3, 1), (nil, 160, 3, 2),
        (nil, 320, 1, 1),
    ]

    /// Everything before the last 1x1. Strides beyond the output stride become dilations.
    static func features(
        _ net: GraphBuilder, _ arguments: Arguments, outputStride: Int = 32
    ) throws(ShapeError) -> FeatureMap {
        let width = arguments.real("width")
        var x = try net.image(arguments)
        x = try net.convNorm("0.0", "0.1", x, divisible(32 * width), kernel: 3, stride: 2, act: "relu6")
        var steps = DilatedStride(reached: 2, limit: outputStride)
        var number = 1
        for stage in stages {
            for block in 0..<stage.blocks {
                let step = steps.take(block == 0 ? stage.stride : 1)
                x = try net.scope("\(number).conv") { () throws(ShapeError) in
                    try invertedResidual(
                        net, x, divisible(Double(stage.channels) * width),
                        expansion: stage.expansion ?? arguments.int("expansion"), step)
                }
                number += 1
            }
        }
        return x
    }

    private static func invertedResidual(
        _ net: GraphBuilder, _ x: FeatureMap, _ channels: Int, expansion: Int, _ step: DilatedStride.Step
    ) throws(ShapeError) -> FeatureMap {
        var (y, next) = (x, 0)
        if expansion > 1 {
            y = try net.convNorm("0.0", "0.1", y, try product(x.channels, expansion), kernel: 1, act: "relu6")
            next = 1
        }
        y = try net.convNorm(
            "\(next).0", "\(next).1", y, y.channels, kernel: 3, stride: step.stride, dilation: step.dilation,
            groups: y.channels, act: "relu6")
        y = try net.convNorm("\(next + 1)", "\(next + 2)", y, channels, kernel: 1)
        return step.stride == 1 && x.channels == channels ? try net.add(y, x) : y
    }
}
