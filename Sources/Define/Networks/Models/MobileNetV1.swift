import Workloads

/// Depthwise, then pointwise convolutions (Howard et al., "MobileNets", 2017); named as in timm's `mobilenetv1_100`.
enum MobileNetV1 {
    static let members: [Kind] = [
        .model(
            .model("mobilenet_v1", "depthwise and pointwise convolutions in turn", [.widthMultiplier()]), build: build)
    ]

    private static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        let x = try features(net, arguments)
        let y = try net.linear("classifier", try net.globalAveragePool("global_pool", x), arguments.int("classes"))
        try net.output("y", y, layout: "NC")
    }

    /// Output channels, blocks and stride of each stage.
    private static let stages = [(64, 1, 1), (128, 2, 2), (256, 2, 2), (512, 6, 2), (1024, 2, 2)]

    /// Everything before the classifier. Strides beyond the output stride become dilations.
    static func features(
        _ net: GraphBuilder, _ arguments: Arguments, outputStride: Int = 32
    ) throws(ShapeError) -> FeatureMap {
        let width = arguments.real("width")
        var x = try net.image(arguments)
        x = try net.convNorm("conv_stem", "bn1", x, divisible(32 * width), kernel: 3, stride: 2, act: "relu6")
        var steps = DilatedStride(reached: 2, limit: outputStride)
        for (stage, (channels, blocks, stride)) in stages.enumerated() {
            for number in 0..<blocks {
                let step = steps.take(number == 0 ? stride : 1)
                x = try net.scope("blocks.\(stage).\(number)") { () throws(ShapeError) in
                    let y = try net.convNorm(
                        "conv_dw", "bn1", x, x.channels, kernel: 3, stride: step.stride, dilation: step.dilation,
                        groups: x.channels, act: "relu6")
                    return try net.convNorm(
                        "conv_pw", "bn2", y, divisible(Double(channels) * width), kernel: 1, act: "relu6")
                }
            }
        }
        return x
    }
}
