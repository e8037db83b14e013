import Workloads

/// The convolution of PointNet++ (Qi et al., 2017): an MLP of the source's features and its position relative to the destination, the
/// maximum over the edges, and another MLP. Every point has one self-loop. Named as in PyTorch Geometric's `PointNetConv`.
enum PointNetConv {
    static let members = [
        Kind.graphModel(
            .graphModel(
                "pointnet_conv", "an MLP of neighbours' features and relative positions, then the maximum",
                [
                    Parameter(
                        "features", .int(0...Int(Int32.max)), .required,
                        "features of a point; 0 if it has only a position"),
                    .count("d", as: "dim", default: 3, "coordinates of a point"),
                    Parameter("local", .counts, .required, "features behind each linear layer before the maximum"),
                    Parameter(
                        "global", .counts, .value(.counts([])),
                        "features behind each linear layer after the maximum; none by default"
                    ).asExtra,
                ], example: "nodes=34,edges=156,features=5,local=7+4,global=7")
        ) { (net, arguments) throws(ShapeError) in
            let graph = try net.squareGraph(arguments)
            let features = arguments.int("features")
            let x = features > 0 ? try net.input("x", [graph.rows, features], layout: "NC") : nil
            let positions = try net.input("pos", [graph.rows, arguments.int("d")], layout: "ND")
            let looped = try net.looped(graph).graph
            let most = try net.pointNetMaximum(x, positions, positions, on: looped, arguments.counts("local"))
            try net.output("y", try net.mlp("global_nn", most, arguments.counts("global")), layout: "NC")
        }
    ]
}

extension GraphBuilder {
    /// The maximum over the edges of an MLP of x_j and p_j - p_i.
    ///
    /// - Parameters:
    ///   - x: features of the sources; nil if there are none.
    ///   - sources: their positions.
    ///   - targets: the positions of the destinations.
    func pointNetMaximum(
        _ x: FeatureMap?, _ sources: FeatureMap, _ targets: FeatureMap, on graph: MessageGraph, _ widths: [Int]
    ) throws(ShapeError) -> FeatureMap {
        let offset = try edges("offset", on: graph, "u_sub_v", u: sources, v: targets)
        var sent = offset
        if let x { sent = try rowConcat("ends", [try edges("features", on: graph, "copy_u", u: x), offset]) }
        return try reduced(try mlp("local_nn", sent, widths), on: graph, "max")
    }
}
