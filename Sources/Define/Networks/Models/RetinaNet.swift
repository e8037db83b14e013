import Kernels
import Workloads

/// A one-stage detector (Lin et al., "Focal loss for dense object detection", 2017): a pyramid of features over a
/// ResNet-50, and two heads that all levels share; named as in torchvision.
///
/// The model and its counts end with the outputs of the heads for every anchor: logits of the classes, and how its box
/// moves. The kernels `box_decode` and `nms` make detections of them. They are measured separately, because their
/// choices jump if scores are nearly equal: no bound on the error of a network would tell right detections from wrong
/// ones.
enum RetinaNet {
    static let members: [Kind] = [
        .model(
            .model(
                "retinanet_resnet50_fpn", "detector over a pyramid of features of a ResNet-50",
                ResNet.parameters() + [
                    .choice("p6", ["p5", "c5"], "what level P6 is made of: P5, or the last stage of the backbone")
                ], resolution: 640, classes: 91, example: "h=24,w=40,classes=5"), build: build)
    ]

    /// Channels of the pyramid and of the heads.
    private static let channels = 256
    /// Boxes per pixel: three ratios in three sizes.
    private static let anchors = 9

    private static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        let image = try net.image(arguments)
        let stages = try net.scope("backbone.body") { () throws(ShapeError) in
            try ResNet.features(net, image, arguments, .bottleneck, [3, 4, 6, 3])
        }
        let levels = try net.scope("backbone.fpn") { () throws(ShapeError) in
            try pyramid(net, Array(stages[1...]), sixthOfFifth: arguments.word("p6") == "p5")
        }
        let classes = arguments.int("classes")
        let logits = try head(
            net, levels, "head.classification_head", "cls_logits", try product(anchors, classes))
        let regression = try head(net, levels, "head.regression_head", "bbox_reg", 4 * anchors)
        let rows = regression.count / image.batch / 4
        try net.output("cls_logits", logits.reshaped([image.batch, rows, classes]), layout: "NAK")
        try net.output("bbox_regression", regression.reshaped([image.batch, rows, 4]), layout: "NAK")
    }

    /// P3 to P7 from the last three stages of the backbone (Lin et al., "Feature pyramid networks", 2017).
    private static func pyramid(
        _ net: GraphBuilder, _ stages: [FeatureMap], sixthOfFifth: Bool
    ) throws(ShapeError) -> [FeatureMap] {
        var levels: [FeatureMap] = []
        var above: FeatureMap?
        for (index, stage) in stages.enumerated().reversed() {
            // The map from above comes first, so that the convolution then adds to it.
            let coarse = try above.map { map throws(ShapeError) in try enlarge(net, map, to: stage) }
            var inner = try net.conv("inner_blocks.\(index).0", stage, channels, kernel: 1, bias: true)
            if let coarse { inner = try net.add(inner, coarse) }
            levels.insert(try net.conv("layer_blocks.\(index).0", inner, channels, kernel: 3, bias: true), at: 0)
            above = inner
        }
        let source = sixthOfFifth ? levels[2] : stages[2]
        let sixth = try net.conv("extra_blocks.p6", source, channels, kernel: 3, stride: 2, padding: 1, bias: true)
        let seventh = try net.conv(
            "extra_blocks.p7", try net.relu(sixth), channels, kernel: 3, stride: 2, padding: 1, bias: true)
        return levels + [sixth, seventh]
    }

    /// Enlarges to the size of another map, taking the nearest pixel below.
    private static func enlarge(
        _ net: GraphBuilder, _ x: FeatureMap, to other: FeatureMap
    ) throws(ShapeError) -> FeatureMap {
        try net.layer(
            "interpolate", Resize.kind,
            [
                ("kind", "nearest"), ("n", x.batch), ("c", x.channels), ("h", x.height), ("w", x.width),
                ("oh", other.height), ("ow", other.width),
            ], inputs: ["x": x])
    }

    /// Four convolutions and one more on every level. The outputs of the levels follow one another: pixels row by row,
    /// and anchors within a pixel.
    private static func head(
        _ net: GraphBuilder, _ levels: [FeatureMap], _ name: String, _ last: String, _ outputs: Int
    ) throws(ShapeError) -> FeatureMap {
        try net.scope(name) { () throws(ShapeError) in
            var parts: [FeatureMap] = []
            for level in levels {
                var x = level
                for number in 0..<4 {
                    x = try net.relu(try net.conv("conv.\(number).0", x, channels, kernel: 3, bias: true))
                }
                parts.append(try net.conv(last, x, outputs, kernel: 3, bias: true))
            }
            let counts = parts.map { String($0.count / $0.batch) }.joined(separator: "+")
            return try net.layer(
                "cat", Concat.kind, [("n", levels[0].batch), ("h", 1), ("w", 1), ("c", counts)],
                inputs: Dictionary(uniqueKeysWithValues: parts.enumerated().map { ("x\($0.offset)", $0.element) }))
        }
    }
}
