import Kernels
import Tensors
import Workloads

/// Networks that classify clouds of points, as in the benchmark of PyTorch Geometric (Fey and Lenssen, 2019): 1024 points of ModelNet10.
/// Neighbours within a radius are those of PyTorch Geometric's `radius_graph`: at most `most`, and for PointNet++ the point itself.
enum PointClassifiers {
    static let members = [
        member("pointnet2", "PointNet++ (Qi et al., 2017)", example: example) {
            (net, arguments, clouds) throws(ShapeError) in
            let widths = [[64, 64], [128, 128], [256, 256]]
            let pooled = try net.hierarchy(clouds, arguments, "max", act: "relu") {
                (x, positions, ball, level) throws(ShapeError) in
                try net.pointNetMaximum(x, positions, positions, on: ball, widths[level])
            }
            return try net.head(pooled, [256, 256], arguments)
        },
        member(
            "dgcnn", "dynamic graph CNN (Wang et al., 2019)", [.count("k", default: 20, "neighbours of a point")],
            example: "points=24+19,k=5,classes=4"
        ) { (net, arguments, clouds) throws(ShapeError) in
            var x = try net.positions(clouds)
            for (number, widths) in [[64, 64, 64], [128, 128, 256]].enumerated() {
                x = try net.scope("conv\(number + 1)") { () throws(ShapeError) in
                    let near = try net.nearest(x, clouds, arguments.int("k"))
                    return try net.edgeConv(x, on: near, widths, last: true)
                }
            }
            x = try net.relu(try net.linear("lin0", x, 512))
            return try net.head(try net.propagate(x, on: try net.members(clouds), "max"), [256, 256], arguments)
        },
        member("pointcnn", "PointCNN (Li et al., 2018)", example: "points=60+48,classes=4") {
            (net, arguments, clouds) throws(ShapeError) in
            var (clouds, x) = (clouds, FeatureMap?.none)
            var positions = try net.positions(clouds)
            let convolutions: [(features: Int, neighbours: Int, hidden: Int, dilation: Int, ratio: Double)] = [
                (48, 8, 32, 1, 0.375), (96, 12, 64, 2, 0.334), (192, 16, 128, 2, 1), (384, 16, 256, 2, 1),
            ]
            for (number, conv) in convolutions.enumerated() {
                let fewest = clouds.counts.min() ?? 1
                let y = try net.scope("conv\(number + 1)") { () throws(ShapeError) in
                    try net.xConv(
                        x, positions, clouds, conv.features, neighbours: min(conv.neighbours, fewest / conv.dilation),
                        hidden: conv.hidden, dilation: conv.dilation)
                }
                x = try net.relu(y)
                guard conv.ratio < 1, let kept = x else { continue }
                let index = try net.farthest(positions, clouds, ratio: conv.ratio)
                (x, positions) = (try net.rows(kept, index), try net.rows(positions, index))
                clouds = clouds.sampled(conv.ratio)
            }
            let pooled = try net.propagate(x ?? positions, on: try net.members(clouds), "mean")
            return try net.head(pooled, [256, 128], arguments)
        },
        member("mpnn", "message passing with a matrix per edge (Gilmer et al., 2017)", example: example) {
            (net, arguments, clouds) throws(ShapeError) in
            try net.continuous(clouds, arguments) { (x, coordinates, graph, width) throws(ShapeError) in
                try net.nnConv(x, on: graph, width, attributes: coordinates, hidden: 25, "mean")
            }
        },
        member("monet", "mixture model CNN (Monti et al., 2017)", example: example) {
            (net, arguments, clouds) throws(ShapeError) in
            try net.continuous(clouds, arguments) { (x, coordinates, graph, width) throws(ShapeError) in
                try net.gmmConv(x, on: graph, width, attributes: coordinates, kernels: 25, isSeparate: false)
            }
        },
        member("splinecnn", "SplineCNN (Fey et al., 2018)", example: example) {
            (net, arguments, clouds) throws(ShapeError) in
            try net.continuous(clouds, arguments) { (x, coordinates, graph, width) throws(ShapeError) in
                try net.splineConv(x, on: graph, width, coordinates: coordinates, sizes: [5, 5, 5])
            }
        },
    ]

    private static let example = "points=24+19,classes=4,most=8"

    private static func member(
        _ name: String, _ summary: String, _ own: [Parameter] = [], example: String,
        build: @escaping @Sendable (GraphBuilder, Arguments, CloudSizes) throws(ShapeError) -> FeatureMap
    ) -> Kind {
        let radius =
            example.contains("most") ? [Parameter.count("most", default: 32, "neighbours of a point, at most")] : []
        return .pointModel(
            name, summary, [.count("classes", default: 10, "outputs of the classifier")] + own + radius,
            example: example
        ) { (net, arguments, clouds) throws(ShapeError) in
            try net.output("y", try build(net, arguments, clouds), layout: "NC")
        }
    }
}

extension GraphBuilder {
    /// Three convolutions over neighbours within growing radii, with farthest point sampling between them, and pooling.
    ///
    /// - Parameter conv: a convolution from features, which are nil at first.
    fileprivate func hierarchy(
        _ clouds: CloudSizes, _ arguments: Arguments, _ pooling: String, act function: String, onlyOthers: Bool = false,
        conv: (FeatureMap?, _ positions: FeatureMap, MessageGraph, _ level: Int) throws(ShapeError) -> FeatureMap
    ) throws(ShapeError) -> FeatureMap {
        var (clouds, x) = (clouds, FeatureMap?.none)
        var positions = try positions(clouds)
        var pooled = positions
        let levels = [(radius: 0.2, ratio: 0.5), (0.4, 0.25), (1, 1)]
        for (level, (radius, ratio)) in levels.enumerated() {
            let y = try scope("conv\(level + 1)") { () throws(ShapeError) in
                let ball = try ball(
                    positions, clouds, radius: radius, most: arguments.int("most"), onlyOthers: onlyOthers)
                return try conv(x, positions, ball, level)
            }
            let activated = try activation(function, y)
            guard ratio < 1 else {
                pooled = try propagate(activated, on: try members(clouds), pooling)
                continue
            }
            let index = try farthest(positions, clouds, ratio: ratio)
            (x, positions) = (try rows(activated, index), try rows(positions, index))
            clouds = clouds.sampled(ratio)
        }
        return pooled
    }

    /// The same for convolutions whose kernels are functions of the offset between two points, scaled to 0 ... 1.
    fileprivate func continuous(
        _ clouds: CloudSizes, _ arguments: Arguments,
        conv: (FeatureMap, _ coordinates: FeatureMap, MessageGraph, _ width: Int) throws(ShapeError) -> FeatureMap
    ) throws(ShapeError) -> FeatureMap {
        let widths = [64, 64, 128]
        let pooled = try hierarchy(clouds, arguments, "mean", act: "elu", onlyOthers: true) {
            (x, positions, ball, level) throws(ShapeError) in
            let first: FeatureMap
            if let x { first = x } else { first = try ones("ones", [clouds.total, 1], layout: "NC") }
            let offsets = try edges("offset", on: ball, "u_sub_v", u: positions, v: positions)
            // From -radius ... radius to 0 ... 1.
            let coordinates = try layer(
                "coordinates", Add.kind,
                [("elements", offsets.count), ("alpha", 0.5 / [0.2, 0.4, 1][level]), ("beta", 0.5)],
                inputs: ["a": offsets, "b": try ones("halves_\(level)", [offsets.count], layout: "C")]
            ).reshaped(offsets.extents)
            return try conv(first, coordinates, ball, widths[level])
        }
        return try head(pooled, [256, 256], arguments, act: "elu")
    }

    /// Ones as an input.
    private func ones(_ name: String, _ extents: [Int], layout: String) throws(ShapeError) -> FeatureMap {
        inputs([try Operand(name, .input, extents, layout: layout, values: .made)]) { tensors, _ in
            tensors[name].fill { _ in 1 }
        }[0]
    }

    /// Linear layers with nonlinearities between them, the last with an output per class.
    fileprivate func head(
        _ x: FeatureMap, _ widths: [Int], _ arguments: Arguments, act function: String = "relu"
    ) throws(ShapeError) -> FeatureMap {
        var y = x
        for (number, width) in widths.enumerated() {
            y = try activation(function, try linear("lin\(number + 1)", y, width))
        }
        return try linear("lin\(widths.count + 1)", try dropout("dropout", y), arguments.int("classes"))
    }
}
