import Workloads

/// 3x3 convolutions, trained with a 1x1 and an identity beside each (Ding et al., "RepVGG", 2021); named as in timm.
enum RepVGG {
    static let members =
        [
            member("a0", blocks: [2, 4, 14, 1], width: [0.75, 0.75, 0.75, 2.5]),
            member("a1", blocks: [2, 4, 14, 1], width: [1, 1, 1, 2.5]),
            member("b0", blocks: [4, 6, 16, 1], width: [1, 1, 1, 2.5]),
        ] + [block]

    private static func member(_ size: String, blocks: [Int], width: [Double]) -> Kind {
        let summary = "3x3 convolutions, trained with a 1x1 and an identity beside each"
        return .model(.model("repvgg_\(size)", summary, [deployed])) { (net, arguments) throws(ShapeError) in
            try build(net, arguments, blocks: blocks, width: width)
        }
    }

    /// A single block at stride 1, to show what merging its branches saves.
    private static let block: Kind = .model(
        .model(
            "repvgg_block", "a block of RepVGG alone: a 3x3, a 1x1 and an identity, added",
            [.count("c", as: "channels", default: 64, "channels in and out"), deployed], resolution: 56, classes: nil,
            example: "c=16,h=9,w=7")
    ) { (net, arguments) throws(ShapeError) in
        let x = try net.image(arguments, channels: arguments.int("c"))
        let y = try block(net, x, x.channels, stride: 1, isMerged: arguments.flag("reparameterized"))
        try net.output("y", y, layout: "NHWC")
    }

    /// Selects the deployed form of a network.
    private static var deployed: Parameter {
        .flag("reparameterized", "the deployed form: one 3x3 where training has branches")
    }

    /// - Parameters:
    ///   - blocks: the number of blocks in each stage.
    ///   - width: channels of each stage divided by 64, 128, 256, 512.
    private static func build(
        _ net: GraphBuilder, _ arguments: Arguments, blocks: [Int], width: [Double]
    ) throws(ShapeError) {
        let isMerged = arguments.flag("reparameterized")
        var x = try net.image(arguments)
        x = try net.scope("stem") { () throws(ShapeError) in
            try block(net, x, min(64, Int(64 * width[0])), stride: 2, isMerged: isMerged)
        }
        for stage in 0..<4 {
            for number in 0..<blocks[stage] {
                x = try net.scope("stages.\(stage).\(number)") { () throws(ShapeError) in
                    try block(
                        net, x, Int(Double(64 << stage) * width[stage]), stride: number == 0 ? 2 : 1,
                        isMerged: isMerged)
                }
            }
        }
        let y = try net.linear("head.fc", try net.globalAveragePool("head.global_pool", x), arguments.int("classes"))
        try net.output("y", y, layout: "NC")
    }

    /// - Parameter isMerged: whether to build the deployed form, one convolution.
    private static func block(
        _ net: GraphBuilder, _ x: FeatureMap, _ channels: Int, stride: Int, isMerged: Bool
    ) throws(ShapeError) -> FeatureMap {
        if isMerged {
            return try net.relu(try net.conv("reparam_conv", x, channels, kernel: 3, stride: stride, bias: true))
        }
        let large = try net.convNorm("conv_kxk.conv", "conv_kxk.bn", x, channels, kernel: 3, stride: stride)
        let small = try net.convNorm("conv_1x1.conv", "conv_1x1.bn", x, channels, kernel: 1, stride: stride)
        var sum = try net.add(large, small)
        if stride == 1 && x.channels == channels { sum = try net.add(sum, try net.batchNorm("identity", x)) }
        return try net.relu(sum)
    }
}
