import Workloads

/// Graph isomorphism networks that classify the graphs of a batch (Xu et al., 2019), as in PyTorch Geometric's benchmark of graph kernels:
/// layers of GIN with a batch norm, the mean over each graph, two linear layers.
enum GIN {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "gin", "graph isomorphism network that classifies the graphs of a batch",
                [
                    .count("ci", as: "in", default: 7, "features of a node"),
                    .count("classes", default: 2, "outputs of the classifier"),
                    .count("num_layers", default: 5, "layers"), .count("hidden", default: 64, "features inside"),
                ], example: "nodes=34,edges=156,graphs=3,num_layers=2,hidden=8")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let hidden = arguments.int("hidden")
            let members = try net.members(graphs: arguments.int("graphs"), nodes: graph.rows)
            var y = x
            for number in 0..<arguments.int("num_layers") {
                y = try net.scope(number == 0 ? "conv1" : "convs.\(number - 1)") { () throws(ShapeError) in
                    let inside = try net.relu(try net.ginConv(y, on: graph, [hidden, hidden]))
                    return try net.rowNorm("nn.4", inside)
                }
            }
            y = try net.relu(try net.linear("lin1", try net.propagate(y, on: members, "mean"), hidden))
            return try net.linear("lin2", try net.dropout("dropout", y), arguments.int("classes"))
        }
    ]
}
