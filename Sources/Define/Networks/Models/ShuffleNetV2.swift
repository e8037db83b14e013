import Workloads

/// Two halves of the channels: one is left alone, then both are shuffled (Ma et al., "ShuffleNet V2", 2018); named as
/// in torchvision.
enum ShuffleNetV2 {
    static let members = [
        member("0_5", [48, 96, 192]), member("1_0", [116, 232, 464]), member("1_5", [176, 352, 704]),
        member("2_0", [244, 488, 976], last: 2048),
    ]

    private static func member(_ width: String, _ channels: [Int], last: Int = 1024) -> Kind {
        let summary = "halves of the channels of which one is left alone, then shuffled"
        return .model(.model("shufflenet_v2_x\(width)", summary)) { (net, arguments) throws(ShapeError) in
            try build(net, arguments, channels, last: last)
        }
    }

    /// - Parameters:
    ///   - channels: the channels of each stage.
    ///   - last: the channels of the last 1x1.
    private static func build(
        _ net: GraphBuilder, _ arguments: Arguments, _ channels: [Int], last: Int
    ) throws(ShapeError) {
        var x = try net.image(arguments)
        x = try net.convNorm("conv1.0", "conv1.1", x, 24, kernel: 3, stride: 2, act: "relu")
        x = try net.maxPool("maxpool", x, kernel: 3, stride: 2, padding: 1)
        for (stage, (channels, blocks)) in zip(channels, [4, 8, 4]).enumerated() {
            for number in 0..<blocks {
                x = try net.scope("stage\(stage + 2).\(number)") { () throws(ShapeError) in
                    let halves =
                        number == 0
                        ? try downsampled(net, x, channels / 2)
                        : [
                            try net.slice("chunk1", x, 0..<channels / 2),
                            try branch(net, try net.slice("chunk2", x, channels / 2..<channels), channels / 2),
                        ]
                    return try net.shuffle("shuffle", try net.concat("cat", halves), groups: 2)
                }
            }
        }
        x = try net.convNorm("conv5.0", "conv5.1", x, last, kernel: 1, act: "relu")
        try net.output(
            "y", try net.linear("fc", try net.globalAveragePool("mean", x), arguments.int("classes")), layout: "NC")
    }

    /// Both halves see all channels, at half the image size.
    private static func downsampled(
        _ net: GraphBuilder, _ x: FeatureMap, _ channels: Int
    ) throws(ShapeError) -> [FeatureMap] {
        let left = try net.scope("branch1") { () throws(ShapeError) in
            let y = try net.convNorm("0", "1", x, x.channels, kernel: 3, stride: 2, groups: x.channels)
            return try net.convNorm("2", "3", y, channels, kernel: 1, act: "relu")
        }
        return [left, try branch(net, x, channels, stride: 2)]
    }

    private static func branch(
        _ net: GraphBuilder, _ x: FeatureMap, _ channels: Int, stride: Int = 1
    ) throws(ShapeError) -> FeatureMap {
        try net.scope("branch2") { () throws(ShapeError) in
            var y = try net.convNorm("0", "1", x, channels, kernel: 1, act: "relu")
            y = try net.convNorm("3", "4", y, channels, kernel: 3, stride: stride, groups: channels)
            return try net.convNorm("5", "6", y, channels, kernel: 1, act: "relu")
        }
    }
}
