import Workloads

/// Semantic segmentation: a backbone that dilates instead of striding, pooling at several rates, and logits at the size
/// of the image (Chen et al., "Rethinking atrous convolution", 2017). Weights are named as in torchvision.
enum DeepLabV3 {
    static let members = [
        member("mobilenet_v1", [.widthMultiplier()], head: .plain(act: "relu6")) {
            (net, arguments, stride) throws(ShapeError) in
            Features(try MobileNetV1.features(net, arguments, outputStride: stride))
        },
        // The backbone without its last 1x1.
        member("mobilenet_v2", MobileNetV2.parameters, head: .plain(act: "relu6")) {
            (net, arguments, stride) throws(ShapeError) in
            Features(try MobileNetV2.features(net, arguments, outputStride: stride))
        },
        member("mobilenet_v3_large", [.widthMultiplier()], resolution: 520, hasAuxiliary: true, head: .deep) {
            (net, arguments, stride) throws(ShapeError) in
            let maps = try MobileNetV3.features(net, arguments, MobileNetV3.large, outputStride: stride)
            return Features(maps[maps.count - 1], middle: maps[4])
        },
        member("resnet50", resNet: [3, 4, 6, 3]),
        member("resnet101", resNet: [3, 4, 23, 3]),
        // The backbone with the deep stem, which the papers call beta.
        member("resnet101_beta", ResNet.parameters(), head: .plain(act: "relu")) {
            (net, arguments, stride) throws(ShapeError) in
            let maps = try ResNet.features(
                net, try net.image(arguments), arguments, .bottleneck, [3, 4, 23, 3], outputStride: stride,
                isDeepStem: true)
            return Features(maps[3])
        },
    ]

    /// The layers after the pyramid.
    enum Head {
        /// 1x1 to the classes, as in section 6.3 of the MobileNetV2 paper.
        case plain(act: String)
        /// 3x3, then 1x1 to the classes, as in torchvision. Rates do not depend on the output stride.
        case deep
    }

    /// The outputs of a backbone: the map to classify, and an earlier one for the auxiliary head.
    struct Features {
        let last: FeatureMap
        let middle: FeatureMap?

        init(_ last: FeatureMap, middle: FeatureMap? = nil) {
            self.last = last
            self.middle = middle
        }
    }

    /// Adds the layers of a backbone at an output stride.
    typealias Backbone =
        @Sendable (_ net: GraphBuilder, _ arguments: Arguments, _ outputStride: Int) throws(ShapeError) -> Features

    /// - Parameters:
    ///   - own: parameters of the backbone.
    ///   - hasAuxiliary: whether the model has a second head, for training.
    private static func member(
        _ name: String, _ own: [Parameter], outputStride: Int = 16, resolution: Int = 513, hasAuxiliary: Bool = false,
        head: Head, backbone: @escaping Backbone
    ) -> Kind {
        let auxiliary = Parameter.flag("aux", "the auxiliary head of training as well: a second output")
        let schema = Schema.model(
            "deeplabv3_\(name)", "segmentation by DeepLabv3 on \(name)",
            own + [
                Parameter(
                    "os", as: "output_stride", .choice(["8", "16"]), .value(.word("\(outputStride)")),
                    "pixels of the image to one of the features"),
                Parameter("aspp", .flag, .value(.flag(true)), "3x3 convolutions at three dilations"),
            ] + (hasAuxiliary ? [auxiliary] : []), resolution: resolution, classes: 21,
            example: "h=33,w=33,classes=3")
        return .model(schema) { (net, arguments) throws(ShapeError) in
            try build(net, arguments, head, backbone)
        }
    }

    /// A member on a ResNet of bottlenecks, as in torchvision.
    private static func member(_ name: String, resNet stages: [Int]) -> Kind {
        member(
            name, ResNet.parameters(), outputStride: 8, resolution: 520, hasAuxiliary: true, head: .deep
        ) { (net, arguments, stride) throws(ShapeError) in
            let maps = try ResNet.features(
                net, try net.image(arguments), arguments, .bottleneck, stages, outputStride: stride)
            return Features(maps[3], middle: maps[2])
        }
    }

    private static func build(
        _ net: GraphBuilder, _ arguments: Arguments, _ head: Head, _ backbone: Backbone
    ) throws(ShapeError) {
        let outputStride = arguments.word("os") == "8" ? 8 : 16
        let features = try net.scope("backbone") { () throws(ShapeError) in
            try backbone(net, arguments, outputStride)
        }
        let classes = arguments.int("classes")
        func finish(_ name: String, _ logits: FeatureMap) throws(ShapeError) {
            let y = try net.resize(name, logits, height: arguments.int("h"), width: arguments.int("w"))
            try net.output(name, y, layout: "NHWC")
        }
        let logits = try net.scope("classifier") { () throws(ShapeError) in
            var x = features.last
            let isPyramid = arguments.flag("aspp")
            switch head {
            case .plain(let act):
                let rates = outputStride == 8 ? [12, 24, 36] : [6, 12, 18]
                x = try pyramid(net, x, isPyramid ? rates : [], act: act)
                return try net.conv("1", x, classes, kernel: 1, bias: true)
            case .deep:
                x = try pyramid(net, x, isPyramid ? [12, 24, 36] : [], act: "relu")
                x = try net.convNorm("1", "2", x, 256, kernel: 3, act: "relu")
                return try net.conv("4", x, classes, kernel: 1, bias: true)
            }
        }
        try finish("y", logits)
        if let middle = features.middle, arguments.flag("aux") {
            let logits = try net.scope("aux_classifier") { () throws(ShapeError) in
                let x = try net.convNorm("0", "1", middle, middle.channels / 4, kernel: 3, act: "relu")
                return try net.conv("4", try net.dropout("3", x), classes, kernel: 1, bias: true)
            }
            try finish("aux", logits)
        }
    }

    /// Atrous spatial pyramid pooling: a 1x1, a 3x3 per rate and the image's mean, side by side; then a 1x1 over all.
    private static func pyramid(
        _ net: GraphBuilder, _ x: FeatureMap, _ rates: [Int], act: String
    ) throws(ShapeError) -> FeatureMap {
        try net.scope("0") { () throws(ShapeError) in
            var branches = [try net.convNorm("convs.0.0", "convs.0.1", x, 256, kernel: 1, act: act)]
            for rate in rates {
                let name = "convs.\(branches.count)"
                branches.append(
                    try net.convNorm("\(name).0", "\(name).1", x, 256, kernel: 3, dilation: rate, act: act))
            }
            let name = "convs.\(branches.count)"
            var mean = try net.globalAveragePool("\(name).0", x).reshaped([x.batch, 1, 1, x.channels])
            mean = try net.convNorm("\(name).1", "\(name).2", mean, 256, kernel: 1, act: act)
            branches.append(try net.resize("\(name).resize", mean, height: x.height, width: x.width))
            let all = try net.concat("cat", branches)
            return try net.dropout(
                "project.3", try net.convNorm("project.0", "project.1", all, 256, kernel: 1, act: act))
        }
    }
}
