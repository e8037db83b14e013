import Workloads

/// Higher-order graph convolution (Morris et al., "Weisfeiler and Leman go neural", 2019): y = W_rel reduce(w x_j) + b + W_root x. Named
/// as in PyTorch Geometric's `GraphConv`.
enum GraphConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "graph_conv", "neighbours reduced, then linear, beside the node's own linear layer; edges have weights",
                Schema.graphWidths + [
                    Schema.aggregation("sum"), Schema.isWeighted,
                ])
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.graphConv(x, on: graph, arguments.int("co"), arguments.word("aggr"))
        }
    ]
}

extension GraphBuilder {
    func graphConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, _ reduction: String = "sum"
    ) throws(ShapeError) -> FeatureMap {
        let sum = try propagate(x, on: graph, times: graph.weights, reduction)
        return try add(
            try linear("lin_rel", sum, features), try linear("lin_root", x, features, bias: false))
    }
}
