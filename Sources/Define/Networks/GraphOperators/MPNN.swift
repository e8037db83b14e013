import Workloads

/// Message passing for molecules (Gilmer et al., "Neural message passing for quantum chemistry", 2017), as in the example of PyTorch
/// Geometric: a linear layer, some steps of `NNConv` and a GRU, and Set2Set over each graph.
enum MPNN {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "mpnn_set2set", "message passing with a matrix per edge and a GRU, read by Set2Set",
                [
                    .count("ci", as: "in", "features of a node"), .count("co", as: "out", "features of a node inside"),
                    Schema.attributes(.required),
                    .count("hidden", default: 128, "features inside the MLP that makes matrices"),
                    .count("steps", default: 3, "steps of message passing"),
                    .count("reads", default: 3, "steps of Set2Set"),
                    .count("molecules", default: 1, "graphs that the nodes belong to"),
                    Schema.aggregation("mean"),
                ], example: "nodes=34,edges=156,ci=5,co=4,a=3,hidden=6,molecules=3")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let members = try net.members(graphs: arguments.int("molecules"), nodes: graph.rows)
            let attributes = try net.neededAttributes(arguments, on: graph)
            var h = try net.relu(try net.linear("lin0", x, arguments.int("co")))
            for _ in 0..<arguments.int("steps") {
                let sent = try net.scope("conv") { () throws(ShapeError) in
                    try net.nnConv(
                        h, on: graph, h.channels, attributes: attributes, hidden: arguments.int("hidden"),
                        arguments.word("aggr"))
                }
                h = try net.gru("gru", try net.relu(sent), h, suffix: "_l0")
            }
            return try net.scope("set2set") { () throws(ShapeError) in
                try net.set2set(h, on: members, steps: arguments.int("reads"))
            }
        }
    ]
}
