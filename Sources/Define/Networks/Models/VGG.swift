import Workloads

/// 3x3 convolutions in stages, then three linear layers (Simonyan and Zisserman, "Very deep convolutional networks",
/// 2014); named as in torchvision.
enum VGG {
    static let members = [
        member(11, [1, 1, 2, 2, 2]), member(13, [2, 2, 2, 2, 2]), member(16, [2, 2, 3, 3, 3]),
        member(19, [2, 2, 4, 4, 4]),
    ]

    private static func member(_ layers: Int, _ stages: [Int]) -> Kind {
        let schema = Schema.model(
            "vgg\(layers)", "3x3 convolutions and three linear layers, \(layers) of both",
            [.flag("batch_norm", "a batch norm behind every convolution")])
        return .model(schema) { (net, arguments) throws(ShapeError) in try build(net, arguments, stages) }
    }

    /// - Parameter stages: the number of convolutions in each stage; a stage ends with 2x2 max pooling.
    private static func build(_ net: GraphBuilder, _ arguments: Arguments, _ stages: [Int]) throws(ShapeError) {
        let isNormed = arguments.flag("batch_norm")
        var x = try net.image(arguments)
        // The public names are positions in one long list, in which nonlinearities and pools have positions too.
        var place = 0
        for (stage, convolutions) in stages.enumerated() {
            let channels = min(64 << stage, 512)
            for _ in 0..<convolutions {
                x = try net.conv("features.\(place)", x, channels, kernel: 3, bias: true)
                if isNormed { x = try net.batchNorm("features.\(place + 1)", x) }
                x = try net.relu(x)
                place += isNormed ? 3 : 2
            }
            x = try net.maxPool("features.\(place)", x, kernel: 2, stride: 2)
            place += 1
        }
        x = try net.adaptiveAveragePool("avgpool", x, size: 7)
        x = try net.relu(try net.linearOverImage("classifier.0", x, 4096))
        x = try net.relu(try net.linear("classifier.3", try net.dropout("classifier.2", x), 4096))
        x = try net.linear("classifier.6", try net.dropout("classifier.5", x), arguments.int("classes"))
        try net.output("y", x, layout: "NC")
    }
}
