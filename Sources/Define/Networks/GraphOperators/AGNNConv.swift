import Kernels
import Tensors
import Workloads

/// Attention by cosines (Thekumparampil et al., "Attention-based graph neural network for semi-supervised learning", 2018): neighbours
/// weighted by the softmax of beta cos(x_i, x_j). Every node has one self-loop. Named as in PyTorch Geometric's `AGNNConv`.
enum AGNNConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "agnn_conv", "neighbours weighted by a softmax over cosines",
                [.count("ci", as: "in", "features of a node")], example: "nodes=34,edges=156,ci=5")
        ) { (net, _, x, graph) throws(ShapeError) in try net.agnnConv(x, on: try net.looped(graph).graph) }
    ]
}

extension GraphBuilder {
    /// - Parameter graph: with self-loops.
    func agnnConv(_ x: FeatureMap, on graph: MessageGraph) throws(ShapeError) -> FeatureMap {
        let unit = try unitRows(x)
        let cosines = try edges("scores", on: graph, "u_dot_v", u: unit, v: unit)
        let beta = try parameter("beta", [1], layout: "1", values: .scale)
        let scores = try layer(
            "beta", ChannelScale.kind, [("n", 1), ("c", 1), ("h", 1), ("w", graph.edges), ("learned", true)],
            inputs: ["x": cosines], weights: ["weight": beta]
        ).reshaped([graph.edges, 1])
        return try propagate(x, on: graph, times: try edgeSoftmax(scores, on: graph, heads: 1))
    }
}
