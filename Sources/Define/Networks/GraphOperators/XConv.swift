import Kernels
import Tensors
import Workloads

/// The convolution of PointCNN (Li et al., "PointCNN: convolution on X-transformed points", 2018): the features of a point's neighbours are
/// mixed by a matrix that an MLP makes of their positions, then a depthwise and a linear layer follow. Named as in PyTorch Geometric's
/// `XConv`, whose norms follow the nonlinearity.
enum XConv {
    static let members = [
        Kind.pointModel(
            "x_conv", "neighbours mixed by a matrix that their positions make, then a separable convolution",
            [
                Parameter(
                    "features", .int(0...Int(Int32.max)), .required,
                    "features of a point; 0 if it has only a position"),
                .count("co", as: "out", "features of a point afterwards"),
                .count("d", as: "dim", default: 3, "coordinates of a point"),
                .count("k", as: "kernel", "neighbours of a point"), .count("hidden", "features that positions give"),
                .count("dilation", default: 1, "how many nearest points there are for one that is taken"),
                .flag("training", "norms use the statistics of the batch").asExtra,
            ], example: "points=24+19,features=5,co=12,k=4,hidden=4"
        ) { (net, arguments, clouds) throws(ShapeError) in
            let positions = try net.positions(clouds, dimensions: arguments.int("d"))
            let inputs = arguments.int("features")
            let x = inputs > 0 ? try net.input("x", [clouds.total, inputs], layout: "NC") : nil
            let y = try net.xConv(
                x, positions, clouds, arguments.int("co"), neighbours: arguments.int("k"),
                hidden: arguments.int("hidden"), dilation: arguments.int("dilation"),
                isTraining: arguments.flag("training"))
            try net.output("y", y, layout: "NC")
        }
    ]
}

extension GraphBuilder {
    /// - Parameter hidden: features that the position of a neighbour gives.
    func xConv(
        _ x: FeatureMap?, _ positions: FeatureMap, _ clouds: CloudSizes, _ features: Int, neighbours: Int, hidden: Int,
        dilation: Int = 1, isTraining: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        let near = try nearest(positions, clouds, neighbours, dilation: dilation)
        let (points, square) = (clouds.total, try product(neighbours, neighbours))
        let offsets = try edges("offset", on: near, "u_sub_v", u: positions, v: positions)
        func normed(_ name: String, _ x: FeatureMap) throws(ShapeError) -> FeatureMap {
            try rowNorm(name, x, ofBatch: isTraining)
        }
        func elu(_ x: FeatureMap) throws(ShapeError) -> FeatureMap { try activation("elu", x) }

        var h = try normed("mlp1.2", try elu(try linear("mlp1.0", offsets, hidden)))
        h = try normed("mlp1.5", try elu(try linear("mlp1.3", h, hidden)))
        if let x { h = try rowConcat("features", [h, try edges("copy", on: near, "copy_u", u: x)]) }

        let flat = offsets.reshaped([points, offsets.count / points])
        var t = try normed("mlp2.2", try elu(try linear("mlp2.0", flat, square)))
        t = try normed("mlp2.6", try elu(try rowGroups("mlp2.4", t, square, groups: neighbours)))
        t = try normed("mlp2.9", try rowGroups("mlp2.8", t, square, groups: neighbours))

        let channels = h.channels
        let mixed = try layer(
            "mix", BatchMatMul.kind,
            [("b", points), ("m", channels), ("k", neighbours), ("n", neighbours), ("ta", true)],
            inputs: ["a": h, "w": t])
        let filters = (features + channels - 1) / channels
        let y = try rowGroups(
            "conv.0", mixed.reshaped([points, channels * neighbours]), try product(channels, filters), groups: channels)
        return try linear("conv.2", y, features)
    }

    /// A linear layer whose groups of outputs see a group of inputs each: a `Conv1d` with groups whose kernel is a whole group.
    private func rowGroups(
        _ name: String, _ x: FeatureMap, _ outputs: Int, groups: Int
    ) throws(ShapeError) -> FeatureMap {
        let (rows, width) = (x.count / x.channels, x.channels / groups)
        let weight = try parameter(
            "\(name).weight", [outputs, 1, width], layout: "O1K", values: .weight(fanIn: width))
        let bias = try parameter("\(name).bias", [outputs], layout: "C", values: .shift)
        return try layer(
            name, Conv2D.kind,
            [("ci", x.channels), ("co", outputs), ("h", 1), ("w", rows), ("k", 1), ("g", groups), ("bias", true)],
            inputs: ["x": x], weights: ["weight": weight, "bias": bias]
        ).reshapedToRows(rows)
    }
}
