import Kernels
import Tensors
import Workloads

/// Message passing with a matrix per edge (Gilmer et al., "Neural message passing for quantum chemistry", 2017): the sum or mean of
/// x_j W(e), where an MLP makes the matrix W from the attributes of the edge, beside the node's own linear layer. Named as in PyTorch
/// Geometric's `NNConv`.
enum NNConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "nn_conv", "messages multiplied by a matrix that an MLP makes for every edge",
                Schema.graphWidths + [
                    Schema.attributes(.required),
                    .count("hidden", default: 25, "features inside the MLP"),
                    Schema.aggregation("sum"),
                ], example: "nodes=34,edges=156,ci=5,co=4,a=3,hidden=6")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let attributes = try net.neededAttributes(arguments, on: graph)
            return try net.nnConv(
                x, on: graph, arguments.int("co"), attributes: attributes, hidden: arguments.int("hidden"),
                arguments.word("aggr"))
        }
    ]
}

extension GraphBuilder {
    func nnConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, attributes: FeatureMap, hidden: Int,
        _ reduction: String
    ) throws(ShapeError) -> FeatureMap {
        let matrices = try mlp("nn", attributes, [hidden, try product(x.channels, features)])
        let messages = try layer(
            "message", EdgeMatMul.kind, graph.parameters + [("fi", x.channels), ("fo", features)],
            inputs: graph.inputs.merging(["u": x, "w": matrices]) { $1 })
        let sum = try reduced(messages, on: graph, reduction)
        return try bias(try add(sum, try linear("lin", x, features, bias: false)))
    }
}
