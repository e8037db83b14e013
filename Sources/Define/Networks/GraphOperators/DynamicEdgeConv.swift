import Workloads

/// Edge convolution over the nearest neighbours in the space of features (Wang et al., "Dynamic graph CNN for learning on point clouds",
/// 2019). A point is its own first neighbour. Named as in PyTorch Geometric's `DynamicEdgeConv`.
enum DynamicEdgeConv {
    static let members = [
        Kind.pointModel(
            "dynamic_edge_conv", "edge convolution over the nearest neighbours in the space of features",
            [
                .count("ci", as: "in", "features of a point"), .count("k", default: 20, "neighbours of a point"),
                Parameter("widths", .counts, .required, "features behind each linear layer"),
                .flag("relu_last", "a relu follows the last linear layer too").asExtra,
            ], example: "points=24+19,ci=5,k=5,widths=7+4"
        ) { (net, arguments, clouds) throws(ShapeError) in
            let x = try net.input("x", [clouds.total, arguments.int("ci")], layout: "NC")
            let near = try net.nearest(x, clouds, arguments.int("k"))
            try net.output(
                "y", try net.edgeConv(x, on: near, arguments.counts("widths"), last: arguments.flag("relu_last")),
                layout: "NC")
        }
    ]
}
