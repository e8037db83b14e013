import Kernels
import Tensors
import Workloads

/// Graph attention (Velickovic et al., "Graph attention networks", 2018): the weighted sum over neighbours, whose weights are the softmax
/// of leaky_relu(a_src . W x_j + a_dst . W x_i), head by head. Every node has one self-loop. Named as in PyTorch Geometric's `GATConv`.
enum GATConv {
    /// The parameters of attention on a graph.
    static let parameters: [Parameter] = [
        .count("heads", default: 1, "heads; `out` is the features of one"),
        Parameter("concat", .flag, .value(.flag(true)), "puts heads side by side; otherwise their mean is taken")
            .asExtra,
        Schema.attributes(.value(.int(0))).asExtra,
    ]

    static let members = [
        Kind.graphOperator(
            .graphModel(
                "gat_conv", "graph attention: neighbours weighted by a softmax over scores of both ends",
                Schema.graphWidths + parameters + [
                    Parameter("add_loops", .flag, .value(.flag(true)), "gives every node one self-loop").asExtra,
                    .flag("residual", "adds a linear layer of the node's own features").asExtra,
                ], example: "nodes=34,edges=156,ci=5,co=4,heads=3")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            var (graph, attributes) = (graph, try net.attributes(arguments, on: graph))
            if arguments.flag("add_loops") { (graph, attributes) = try net.looped(graph, attributes: attributes) }
            return try net.gatConv(
                x, on: graph, arguments.int("co"), heads: arguments.int("heads"),
                concatenates: arguments.flag("concat"),
                attributes: attributes, hasResidual: arguments.flag("residual"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameters:
    ///   - graph: with self-loops.
    ///   - features: of a head.
    func gatConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, heads: Int, concatenates: Bool = true,
        attributes: FeatureMap? = nil, hasResidual: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        let all = try product(heads, features)
        let projected = try linear("lin", x, all, bias: false)
        let source = try headScores("source_scores", projected, heads: heads, weight: "att_src")
        let target = try headScores("target_scores", projected, heads: heads, weight: "att_dst")
        var inputs = graph.inputs.merging(["u": source, "v": target]) { $1 }
        if let attributes {
            let own = try linear("lin_edge", attributes, all, bias: false)
            inputs["e"] = try headScores("edge_scores", own, heads: heads, weight: "att_edge")
        }
        let scores = try layer(
            "scores", GATScores.kind, graph.parameters + [("h", heads), ("e", attributes != nil)], inputs: inputs)
        let weights = try edgeSoftmax(scores, on: graph, heads: heads)
        var y = try propagate(projected, on: graph, times: weights)
        if !concatenates { y = try headMean(y, heads: heads) }
        if hasResidual { y = try add(y, try linear("res", x, y.channels, bias: false)) }
        return try bias(y)
    }
}
