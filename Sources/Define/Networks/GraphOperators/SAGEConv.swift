import Kernels
import Tensors
import Workloads

/// GraphSAGE (Hamilton et al., "Inductive representation learning on large graphs", 2017): y = W_l reduce(x_j) + b + W_r x. The
/// reduction is the mean, the sum or the maximum, the maximum of a linear layer (`pool`), the mean with the node itself and one weight
/// (`gcn`), or an LSTM over the neighbours. Named as in PyTorch Geometric's `SAGEConv`; `gcn`, `pool` and `lstm` as in DGL's.
enum SAGEConv {
    static let reductions = ["mean", "sum", "max", "pool", "gcn", "lstm"]

    static let members = [
        Kind.graphOperator(
            .graphModel(
                "sage_conv", "GraphSAGE: neighbours reduced, then linear, beside the node's own linear layer",
                Schema.graphWidths + [
                    .choice("aggregator", reductions, "how neighbours are reduced"),
                    .flag("project", "neighbours go through a linear layer and relu first").asExtra,
                    .flag("normalize", "divides each row by its length").asExtra,
                ])
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.sageConv(
                x, on: graph, arguments.int("co"), arguments.word("aggregator"), projects: arguments.flag("project"),
                normalises: arguments.flag("normalize"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameter reduction: one of `SAGEConv.reductions`.
    func sageConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, _ reduction: String = "mean", projects: Bool = false,
        normalises: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        var y: FeatureMap
        switch reduction {
        case "gcn":
            let own = try looped(graph, keepsLoops: true).graph
            y = try bias(try linear("fc_neigh", try propagate(x, on: own, "mean"), features, bias: false))
        case "pool":
            let pooled = try relu(try linear("fc_pool", x, x.channels))
            y = try linear("fc_neigh", try propagate(pooled, on: graph, "max"), features, bias: false)
            y = try add(y, try linear("fc_self", x, features))
        case "lstm":
            y = try linear("fc_neigh", try lstmAggregate("lstm", x, on: graph), features, bias: false)
            y = try add(y, try linear("fc_self", x, features))
        default:
            let sent = projects ? try relu(try linear("lin", x, x.channels)) : x
            y = try linear("lin_l", try propagate(sent, on: graph, reduction), features)
            y = try add(y, try linear("lin_r", x, features, bias: false))
        }
        return normalises ? try unitRows(y) : y
    }

    /// An LSTM over the neighbours of each node. Its product with what a node sends is computed once per node.
    private func lstmAggregate(
        _ name: String, _ x: FeatureMap, on graph: MessageGraph
    ) throws(ShapeError) -> FeatureMap {
        try scope(name) { () throws(ShapeError) in
            let (features, gates) = (x.channels, try product(4, x.channels))
            func weight(_ end: String) throws(ShapeError) -> Weight {
                try parameter("weight_\(end)_l0", [gates, features], layout: "NK", values: .weight(fanIn: features))
            }
            let sent = try matmul(
                "ih", x, gates, weight: try weight("ih"),
                bias: try parameter("bias_ih_l0", [gates], layout: "C", values: .shift), isTransposed: true)
            return try layer(
                "aggregate", LSTMAggregate.kind, graph.parameters + [("f", features)],
                inputs: graph.inputs.merging(["u": sent]) { $1 },
                weights: [
                    "weight": try weight("hh"),
                    "bias": try parameter("bias_hh_l0", [gates], layout: "C", values: .shift),
                ])
        }
    }
}
