import Workloads

/// Transformers over the patches of an image (Dosovitskiy et al., "An image is worth 16x16 words", 2021); named as in
/// torchvision. Positions are learned for one image size; another size needs its own number of them.
enum VisionTransformer {
    static let members = [
        member(
            "vit_b_16", "base", patch: 16, depth: 12, heads: 12, width: 768, example: "h=32,w=48,blocks=2,hidden=192"),
        member(
            "vit_b_32", "base", patch: 32, depth: 12, heads: 12, width: 768, example: "h=64,w=96,blocks=2,hidden=192"),
        member(
            "vit_l_16", "large", patch: 16, depth: 24, heads: 16, width: 1024, example: "h=32,w=48,blocks=1,hidden=256"),
        member(
            "vit_l_32", "large", patch: 32, depth: 24, heads: 16, width: 1024, example: "h=64,w=64,blocks=1,hidden=256"),
    ]

    private static func member(
        _ name: String, _ size: String, patch: Int, depth: Int, heads: Int, width: Int, example: String
    ) -> Kind {
        let schema = Schema.model(
            name, "vision transformer, \(size), patches of \(patch)x\(patch)",
            [
                Parameter("blocks", .int(1...1000), .value(.int(depth)), "encoder blocks").formerly("depth")
                    .usually(1...64),
                .count("heads", default: heads, "heads of the attention").usually(1...64),
                .count("hidden", default: width, "elements of a token").formerly("width").usually(32...4096),
                Parameter(
                    "mlp", .int(1...Int(Int32.max)),
                    .derived("4 * hidden") { .int(4 * $0.int("hidden")) }, "width between the linear layers of a block"),
            ], example: example + ",classes=10")
        return .model(schema) { (net, arguments) throws(ShapeError) in try build(net, arguments, patch: patch) }
    }

    private static func build(_ net: GraphBuilder, _ arguments: Arguments, patch: Int) throws(ShapeError) {
        let (heads, mlp) = (arguments.int("heads"), arguments.int("mlp"))
        var x = try net.image(arguments)
        guard x.height.isMultiple(of: patch), x.width.isMultiple(of: patch) else {
            throw ShapeError(
                "an image of \(x.height)x\(x.width) pixels is not whole patches of \(patch)x\(patch)",
                parameter: x.height.isMultiple(of: patch) ? "image_width" : "height",
                remedy: "use multiples of \(patch)")
        }
        x = try net.conv(
            "conv_proj", x, arguments.int("hidden"), kernel: patch, stride: patch, padding: 0, bias: true)
        x = x.reshaped([x.batch, x.height * x.width, x.channels])
        x = try net.classToken(x, token: "class_token", position: "encoder.pos_embedding")
        x = try net.dropout("encoder.dropout", x)
        for number in 0..<arguments.int("blocks") {
            x = try net.scope("encoder.layers.encoder_layer_\(number)") { () throws(ShapeError) in
                try block(net, x, heads: heads, mlp: mlp)
            }
        }
        x = try net.layerNorm("encoder.ln", try net.firstToken(x))
        try net.output("y", try net.linear("heads.head", x, arguments.int("classes")), layout: "NC")
    }

    private static func block(
        _ net: GraphBuilder, _ x: FeatureMap, heads: Int, mlp: Int
    ) throws(ShapeError) -> FeatureMap {
        var y = try net.selfAttention("self_attention", try net.layerNorm("ln_1", x), heads: heads)
        let attended = try net.add(try net.dropout("dropout", y), x)
        y = try net.activation("gelu", try net.linear("mlp.0", try net.layerNorm("ln_2", attended), mlp))
        y = try net.linear("mlp.3", try net.dropout("mlp.2", y), x.channels)
        return try net.add(try net.dropout("mlp.4", y), attended)
    }
}
