import Workloads

/// Each layer sees the outputs of all earlier ones in its block (Huang et al., "Densely connected convolutional
/// networks", 2016); named as in torchvision.
enum DenseNet {
    static let members = [
        member(121, [6, 12, 24, 16]), member(161, [6, 12, 36, 24], growth: 48), member(169, [6, 12, 32, 32]),
        member(201, [6, 12, 48, 32]),
    ]

    private static func member(_ layers: Int, _ blocks: [Int], growth: Int = 32) -> Kind {
        let schema = Schema.model(
            "densenet\(layers)", "\(layers) layers that see the outputs of all before them in their block",
            [.count("growth", default: growth, "channels that a layer adds")])
        return .model(schema) { (net, arguments) throws(ShapeError) in try build(net, arguments, blocks) }
    }

    /// - Parameter blocks: the number of layers in each block.
    private static func build(_ net: GraphBuilder, _ arguments: Arguments, _ blocks: [Int]) throws(ShapeError) {
        let growth = arguments.int("growth")
        var x = try net.image(arguments)
        x = try net.scope("features") { () throws(ShapeError) in
            var x = try net.convNorm(
                "conv0", "norm0", x, try product(2, growth), kernel: 7, stride: 2, padding: 3, act: "relu")
            x = try net.maxPool("pool0", x, kernel: 3, stride: 2, padding: 1)
            for (index, layers) in blocks.enumerated() {
                x = try net.scope("denseblock\(index + 1)") { () throws(ShapeError) in
                    try block(net, x, layers, growth)
                }
                guard index + 1 < blocks.count else { break }
                x = try net.scope("transition\(index + 1)") { () throws(ShapeError) in
                    let y = try net.relu(try net.batchNorm("norm", x))
                    let z = try net.conv("conv", y, x.channels / 2, kernel: 1)
                    return try net.pool("pool", "average", z, (2, 2), stride: (2, 2), padding: 0)
                }
            }
            return try net.relu(try net.batchNorm("norm5", x))
        }
        x = try net.globalAveragePool("avgpool", x)
        try net.output("y", try net.linear("classifier", x, arguments.int("classes")), layout: "NC")
    }

    private static func block(
        _ net: GraphBuilder, _ x: FeatureMap, _ layers: Int, _ growth: Int
    ) throws(ShapeError) -> FeatureMap {
        var maps = [x]
        for number in 1...layers {
            maps.append(
                try net.scope("denselayer\(number)") { () throws(ShapeError) in
                    var y = try concat(net, maps)
                    y = try net.relu(try net.batchNorm("norm1", y))
                    y = try net.convNorm("conv1", "norm2", y, try product(4, growth), kernel: 1, act: "relu")
                    return try net.conv("conv2", y, growth, kernel: 3)
                })
        }
        return try concat(net, maps)
    }

    private static func concat(_ net: GraphBuilder, _ maps: [FeatureMap]) throws(ShapeError) -> FeatureMap {
        maps.count == 1 ? maps[0] : try net.concat("cat", maps)
    }
}
