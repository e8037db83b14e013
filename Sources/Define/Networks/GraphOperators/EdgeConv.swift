import Workloads

/// Edge convolution (Wang et al., "Dynamic graph CNN for learning on point clouds", 2019): an MLP of the destination's row and the
/// difference of the source's from it, reduced over the edges. Named as in PyTorch Geometric's `EdgeConv`.
enum EdgeConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "edge_conv", "an MLP of every edge's two ends, then the maximum",
                [
                    .count("ci", as: "in", "features of a node"),
                    Parameter("widths", .counts, .required, "features behind each linear layer"),
                    Schema.aggregation("max").asExtra,
                    .flag("relu_last", "a relu follows the last linear layer too").asExtra,
                ], example: "nodes=34,edges=156,ci=5,widths=7+4")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.edgeConv(
                x, on: graph, arguments.counts("widths"), arguments.word("aggr"), last: arguments.flag("relu_last"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameters:
    ///   - widths: of the MLP.
    ///   - last: whether a nonlinearity follows its last layer.
    func edgeConv(
        _ x: FeatureMap, on graph: MessageGraph, _ widths: [Int], _ reduction: String = "max", last: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        try needEdges(graph)
        let own = try edges("own", on: graph, "copy_v", v: x)
        let difference = try edges("difference", on: graph, "u_sub_v", u: x, v: x)
        let both = try rowConcat("ends", [own, difference])
        return try reduced(try mlp("nn", both, widths, last: last), on: graph, reduction)
    }
}
