import Workloads

/// Residual networks (He et al., "Deep residual learning", 2015), and later ones that are wider (Zagoruyko and
/// Komodakis, 2016) or have groups (Xie et al., "ResNeXt", 2017). Weights are named as in torchvision.
enum ResNet {
    static let members = [
        member("resnet18", "residual network of 18 layers", .basic, [2, 2, 2, 2]),
        member("resnet34", "residual network of 34 layers", .basic, [3, 4, 6, 3]),
        member("resnet50", "residual network of 50 layers", .bottleneck, [3, 4, 6, 3]),
        member("resnet101", "residual network of 101 layers", .bottleneck, [3, 4, 23, 3]),
        member("resnet152", "residual network of 152 layers", .bottleneck, [3, 8, 36, 3]),
        member(
            "resnext50_32x4d", "ResNeXt of 50 layers, 32 groups of 4 channels", .bottleneck, [3, 4, 6, 3], groups: 32,
            width: 4),
        member(
            "resnext101_32x8d", "ResNeXt of 101 layers, 32 groups of 8 channels", .bottleneck, [3, 4, 23, 3],
            groups: 32, width: 8),
        member(
            "resnext101_64x4d", "ResNeXt of 101 layers, 64 groups of 4 channels", .bottleneck, [3, 4, 23, 3],
            groups: 64, width: 4),
        member(
            "wide_resnet50_2", "residual network of 50 layers, its 3x3 twice as wide", .bottleneck, [3, 4, 6, 3],
            width: 128),
        member(
            "wide_resnet101_2", "residual network of 101 layers, its 3x3 twice as wide", .bottleneck, [3, 4, 23, 3],
            width: 128),
    ]

    /// - Parameter stages: the number of blocks in each stage.
    private static func member(
        _ name: String, _ summary: String, _ block: Block, _ stages: [Int], groups: Int = 1, width: Int = 64
    ) -> Kind {
        .model(.model(name, summary, parameters(groups: groups, width: width))) {
            (net, arguments) throws(ShapeError) in
            try build(net, arguments, block, stages)
        }
    }

    /// The block that a stage repeats.
    enum Block {
        case basic, bottleneck

        /// Channels of the block's output divided by those of its stage.
        var expansion: Int { self == .basic ? 1 : 4 }
    }

    /// The parameters of blocks.
    static func parameters(groups: Int = 1, width: Int = 64) -> [Parameter] {
        [
            .count("groups", default: groups, "groups of the 3x3 convolutions of bottlenecks").usually(1...128),
            .count("width_per_group", default: width, "channels of a group, in the first stage").formerly("width")
                .usually(1...256),
            .flag(
                "v1", as: "stride_in_1x1",
                "a bottleneck strides in its first 1x1, as in the paper, and not in its 3x3"),
        ]
    }

    private static func build(
        _ net: GraphBuilder, _ arguments: Arguments, _ block: Block, _ stages: [Int]
    ) throws(ShapeError) {
        let maps = try features(net, try net.image(arguments), arguments, block, stages)
        let x = try net.globalAveragePool("avgpool", maps[maps.count - 1])
        try net.output("y", try net.linear("fc", x, arguments.int("classes")), layout: "NC")
    }

    /// Everything before the classifier: the output of each stage, the first at a quarter of the image's size. Strides
    /// beyond the output stride become dilations.
    ///
    /// - Parameter isDeepStem: three 3x3 convolutions instead of the paper's single 7x7 (Zhao et al., "PSPNet", 2017).
    static func features(
        _ net: GraphBuilder, _ image: FeatureMap, _ arguments: Arguments, _ block: Block, _ stages: [Int],
        outputStride: Int = 32, isDeepStem: Bool = false
    ) throws(ShapeError) -> [FeatureMap] {
        var x = image
        if isDeepStem {
            x = try net.convNorm("conv1", "bn1", x, 64, kernel: 3, stride: 2, act: "relu")
            x = try net.convNorm("conv2", "bn2", x, 64, kernel: 3, act: "relu")
            x = try net.convNorm("conv3", "bn3", x, 128, kernel: 3, act: "relu")
        } else {
            x = try net.convNorm("conv1", "bn1", x, 64, kernel: 7, stride: 2, padding: 3, act: "relu")
        }
        x = try net.maxPool("maxpool", x, kernel: 3, stride: 2, padding: 1)
        var steps = DilatedStride(reached: 4, limit: outputStride)
        var maps: [FeatureMap] = []
        for (index, blocks) in stages.enumerated() {
            for number in 0..<blocks {
                let step = steps.take(number == 0 && index > 0 ? 2 : 1)
                x = try net.scope("layer\(index + 1).\(number)") { () throws(ShapeError) in
                    try residual(net, x, arguments, block, planes: 64 << index, step)
                }
            }
            maps.append(x)
        }
        return maps
    }

    private static func residual(
        _ net: GraphBuilder, _ x: FeatureMap, _ arguments: Arguments, _ block: Block, planes: Int,
        _ step: DilatedStride.Step
    ) throws(ShapeError) -> FeatureMap {
        let (outputs, stride) = (planes * block.expansion, step.stride)
        var y = x
        switch block {
        case .basic:
            y = try net.convNorm(
                "conv1", "bn1", y, planes, kernel: 3, stride: stride, dilation: step.dilation, act: "relu")
            y = try net.convNorm("conv2", "bn2", y, planes, kernel: 3, dilation: step.dilation)
        case .bottleneck:
            let groups = arguments.int("groups")
            let width = planes * arguments.int("width_per_group") / 64 * groups
            let early = arguments.flag("v1")
            y = try net.convNorm("conv1", "bn1", y, width, kernel: 1, stride: early ? stride : 1, act: "relu")
            y = try net.convNorm(
                "conv2", "bn2", y, width, kernel: 3, stride: early ? 1 : stride, dilation: step.dilation,
                groups: groups,
                act: "relu")
            y = try net.convNorm("conv3", "bn3", y, outputs, kernel: 1)
        }
        var shortcut = x
        if stride > 1 || x.channels != outputs {
            shortcut = try net.convNorm("downsample.0", "downsample.1", x, outputs, kernel: 1, stride: stride)
        }
        return try net.relu(try net.add(y, shortcut))
    }
}
