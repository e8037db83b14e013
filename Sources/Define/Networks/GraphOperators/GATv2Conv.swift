import Kernels
import Tensors
import Workloads

/// Graph attention whose scores see both ends together (Brody et al., "How attentive are graph attention networks?", 2022):
/// a . leaky_relu(W_l x_j + W_r x_i). Every node has one self-loop. Named as in PyTorch Geometric's `GATv2Conv`.
enum GATv2Conv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "gatv2_conv", "graph attention with scores of the sum of both ends",
                Schema.graphWidths + GATConv.parameters + [
                    .flag("share_weights", "both ends have one linear layer").asExtra
                ], example: "nodes=34,edges=156,ci=5,co=4,heads=3")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let given = try net.attributes(arguments, on: graph)
            let (looped, attributes) = try net.looped(graph, attributes: given)
            return try net.gatv2Conv(
                x, on: looped, arguments.int("co"), heads: arguments.int("heads"),
                concatenates: arguments.flag("concat"),
                attributes: attributes, sharesWeights: arguments.flag("share_weights"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameters:
    ///   - graph: with self-loops.
    ///   - features: of a head.
    func gatv2Conv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, heads: Int, concatenates: Bool = true,
        attributes: FeatureMap? = nil, sharesWeights: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        let all = try product(heads, features)
        let source = try linear("lin_l", x, all)
        let target = sharesWeights ? source : try linear("lin_r", x, all)
        var inputs = graph.inputs.merging(["u": source, "v": target]) { $1 }
        if let attributes { inputs["e"] = try linear("lin_edge", attributes, all, bias: false) }
        let weight = try parameter("att", [1, heads, features], layout: "1HC", values: .weight(fanIn: features))
        let scores = try layer(
            "scores", GATv2Scores.kind,
            graph.parameters + [("h", heads), ("d", features), ("e", attributes != nil)], inputs: inputs,
            weights: ["weight": weight])
        var y = try propagate(source, on: graph, times: try edgeSoftmax(scores, on: graph, heads: heads))
        if !concatenates { y = try headMean(y, heads: heads) }
        return try bias(y)
    }
}
