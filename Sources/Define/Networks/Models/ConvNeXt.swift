import Kernels
import Workloads

/// Convolutional networks with the blocks of transformers (Liu et al., "A ConvNet for the 2020s", 2022): a 7x7
/// depthwise convolution, layer norm over the channels, and two linear layers with four times the width between them.
///
/// Models with stages are named as in torchvision. Isotropic ones, without layer scale, follow the authors' code.
enum ConvNeXt {
    static let members = [
        member(
            "convnext_tiny", "ConvNeXt, tiny", width: 96, depths: [3, 3, 9, 3], example: "h=32,w=32,c=24,classes=10"),
        member(
            "convnext_small", "ConvNeXt, small", width: 96, depths: [3, 3, 27, 3],
            example: "h=32,w=32,c=16,depths=1+1+3+1,classes=10"),
        member(
            "convnext_base", "ConvNeXt, base", width: 128, depths: [3, 3, 27, 3],
            example: "h=32,w=32,c=32,depths=1+1+2+1,classes=10"),
        member(
            "convnext_large", "ConvNeXt, large", width: 192, depths: [3, 3, 27, 3],
            example: "h=32,w=32,c=48,depths=1+1+2+1,classes=10"),
        .model(isotropicSchema, build: buildIsotropic),
    ]

    /// Allowed numbers of blocks per stage.
    private static let mostBlocks = 1...1000

    /// A member with stages.
    private static func member(
        _ name: String, _ summary: String, width: Int, depths: [Int], example: String
    ) -> Kind {
        let schema = Schema.model(
            name, summary,
            [
                .count(
                    "c", as: "channels", default: width, "channels of the first stage; each next one has twice as many"
                )
                .formerly("width").usually(8...1024),
                Parameter("depths", .counts, .value(.counts(depths)), "blocks of each stage"),
            ], example: example)
        return .model(schema, build: build)
    }

    private static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        let depths = arguments.counts("depths")
        guard depths.allSatisfy(mostBlocks.contains) else {
            throw ShapeError(
                "a stage of \(depths.max() ?? 0) blocks", parameter: "depths",
                remedy: "use at most \(mostBlocks.upperBound)")
        }
        var x = try net.image(arguments)
        x = try net.conv("features.0.0", x, arguments.int("c"), kernel: 4, stride: 4, padding: 0, bias: true)
        x = try net.layerNorm("features.0.1", x)
        for (stage, blocks) in depths.enumerated() {
            if stage > 0 {
                x = try net.layerNorm("features.\(2 * stage).0", x)
                x = try net.conv(
                    "features.\(2 * stage).1", x, try product(2, x.channels), kernel: 2, stride: 2, padding: 0,
                    bias: true)
            }
            for number in 0..<blocks {
                x = try net.scope("features.\(2 * stage + 1).\(number)") { () throws(ShapeError) in
                    try block(net, x, Names.torchvision)
                }
            }
        }
        x = try net.layerNorm("classifier.0", try net.globalAveragePool("avgpool", x))
        try net.output("y", try net.linear("classifier.2", x, arguments.int("classes")), layout: "NC")
    }

    /// The small model that keeps its resolution: patches of 16 pixels, then blocks of one width, like a ViT.
    private static let isotropicSchema = Schema.model(
        "convnext_isotropic_small", "ConvNeXt, small, with one resolution throughout",
        [
            .count("c", as: "channels", default: 384, "channels").formerly("width").usually(8...1024),
            Parameter("blocks", .int(mostBlocks), .value(.int(18)), "blocks").formerly("depth").usually(1...64),
        ], example: "h=48,w=48,c=48,classes=10")

    private static func buildIsotropic(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        var x = try net.image(arguments)
        x = try net.conv("stem", x, arguments.int("c"), kernel: 16, stride: 16, padding: 0, bias: true)
        for number in 0..<arguments.int("blocks") {
            x = try net.scope("blocks.\(number)") { () throws(ShapeError) in try block(net, x, .authors) }
        }
        x = try net.layerNorm("norm", try net.globalAveragePool("avgpool", x))
        try net.output("y", try net.linear("head", x, arguments.int("classes")), layout: "NC")
    }

    /// The names of the layers of a block.
    private struct Names {
        let depthwise: String
        let norm: String
        let widen: String
        let narrow: String
        /// Nil if there is none.
        let scale: String?

        static let torchvision = Names(
            depthwise: "block.0", norm: "block.2", widen: "block.3", narrow: "block.5", scale: "layer_scale")
        static let authors = Names(
            depthwise: "dwconv", norm: "norm", widen: "pwconv1", narrow: "pwconv2", scale: nil)
    }

    private static func block(_ net: GraphBuilder, _ x: FeatureMap, _ names: Names) throws(ShapeError) -> FeatureMap {
        var y = try net.conv(names.depthwise, x, x.channels, kernel: 7, groups: x.channels, bias: true)
        y = try net.layerNorm(names.norm, y)
        y = try net.activation("gelu", try net.linear(names.widen, y, try product(4, x.channels)))
        y = try net.linear(names.narrow, y, x.channels)
        if let scale = names.scale { y = try net.layerScale(scale, y) }
        return try net.add(y, x)
    }
}
