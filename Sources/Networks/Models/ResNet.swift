import Workloads

/// Residual networks (He et al., "Deep residual learning", 2015), and what followed: wider ones (Zagoruyko and Komodakis,
/// 2016) and ones with groups (Xie et al., "ResNeXt", 2017). Weights are named as in torchvision.
enum ResNet {
    /// What a stage repeats.
    enum Block {
        case basic, bottleneck

        /// Channels of the block's output over those of its stage.
        var expansion: Int { self == .basic ? 1 : 4 }
    }

    /// The schema of a member.
    static func schema(_ name: String, _ summary: String, groups: Int = 1, width: Int = 64) -> Schema {
        .model(name, summary, parameters(groups: groups, width: width))
    }

    /// What blocks ask for.
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

    static func build(
        _ net: GraphBuilder, _ arguments: Arguments, _ block: Block, _ stages: [Int]
    ) throws(ShapeError) {
        let maps = try features(net, try net.image(arguments), arguments, block, stages)
        let x = try net.globalAveragePool("avgpool", maps[maps.count - 1])
        try net.output("y", try net.linear("fc", x, arguments.int("classes")), layout: "NC")
    }

    /// Everything before the classifier: what each of the stages gives, the first at a quarter of the image's size. Beyond an
    /// output stride, strides become dilations.
    ///
    /// - Parameter isDeepStem: three 3x3 convolutions where the paper has one of 7x7 (Zhao et al., "PSPNet", 2017).
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

/// ResNet-18
package enum ResNet18: Architecture {
    package static let schema = ResNet.schema("resnet18", "residual network of 18 layers")
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .basic, [2, 2, 2, 2])
    }
}

/// ResNet-34
package enum ResNet34: Architecture {
    package static let schema = ResNet.schema("resnet34", "residual network of 34 layers")
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .basic, [3, 4, 6, 3])
    }
}

/// ResNet-50
package enum ResNet50: Architecture {
    package static let schema = ResNet.schema("resnet50", "residual network of 50 layers")
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .bottleneck, [3, 4, 6, 3])
    }
}

/// ResNet-101
package enum ResNet101: Architecture {
    package static let schema = ResNet.schema("resnet101", "residual network of 101 layers")
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .bottleneck, [3, 4, 23, 3])
    }
}

/// ResNet-152
package enum ResNet152: Architecture {
    package static let schema = ResNet.schema("resnet152", "residual network of 152 layers")
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .bottleneck, [3, 8, 36, 3])
    }
}

/// ResNeXt-50, 32 groups of 4
package enum ResNeXt50: Architecture {
    package static let schema = ResNet.schema(
        "resnext50_32x4d", "ResNeXt of 50 layers, 32 groups of 4 channels", groups: 32, width: 4)
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .bottleneck, [3, 4, 6, 3])
    }
}

/// ResNeXt-101, 32 groups of 8
package enum ResNeXt101: Architecture {
    package static let schema = ResNet.schema(
        "resnext101_32x8d", "ResNeXt of 101 layers, 32 groups of 8 channels", groups: 32, width: 8)
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .bottleneck, [3, 4, 23, 3])
    }
}

/// ResNeXt-101, 64 groups of 4
package enum ResNeXt101Narrow: Architecture {
    package static let schema = ResNet.schema(
        "resnext101_64x4d", "ResNeXt of 101 layers, 64 groups of 4 channels", groups: 64, width: 4)
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .bottleneck, [3, 4, 23, 3])
    }
}

/// Wide ResNet-50
package enum WideResNet50: Architecture {
    package static let schema = ResNet.schema(
        "wide_resnet50_2", "residual network of 50 layers, its 3x3 twice as wide", width: 128)
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .bottleneck, [3, 4, 6, 3])
    }
}

/// Wide ResNet-101
package enum WideResNet101: Architecture {
    package static let schema = ResNet.schema(
        "wide_resnet101_2", "residual network of 101 layers, its 3x3 twice as wide", width: 128)
    package static func build(_ net: GraphBuilder, _ arguments: Arguments) throws(ShapeError) {
        try ResNet.build(net, arguments, .bottleneck, [3, 4, 23, 3])
    }
}
