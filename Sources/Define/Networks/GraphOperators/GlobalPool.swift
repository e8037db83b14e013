import Kernels
import Tensors
import Workloads

/// Pooling over the nodes of each graph of a batch: their sum, mean or maximum; their sum weighed by attention (Li et al., 2016); or
/// Set2Set (Vinyals et al., "Order matters", 2016). Named as in PyTorch Geometric.
enum GlobalPool {
    private static let parameters: [Parameter] = [
        .count("graphs", "graphs of the batch"), .count("nodes", "nodes of all graphs"),
        .count("ci", as: "in", "features of a node"),
    ]

    private static func member(
        _ name: String, _ summary: String, _ own: [Parameter],
        build: @escaping @Sendable (GraphBuilder, Arguments, FeatureMap, MessageGraph) throws(ShapeError) -> FeatureMap
    ) -> Kind {
        let schema = Schema(
            name, summary, parameters + own + [Schema.without, Schema.layerChoices], example: "graphs=3,nodes=17,ci=5")
        return .model(schema) { (net, arguments) throws(ShapeError) in
            let members = try net.members(graphs: arguments.int("graphs"), nodes: arguments.int("nodes"))
            let x = try net.input("x", [members.columns, arguments.int("ci")], layout: "NC")
            try net.output("y", try build(net, arguments, x, members), layout: "GC")
        }
    }

    static let members = [
        member(
            "global_pool", "the sum, mean or maximum of the nodes of each graph",
            [.choice("reduce", ["sum", "mean", "max"], "how nodes are put together")]
        ) { (net, arguments, x, members) throws(ShapeError) in
            try net.propagate(x, on: members, arguments.word("reduce"))
        },
        member(
            "attention_pool", "the sum of the nodes of each graph, weighed by a softmax over scores of an MLP",
            [
                Parameter(
                    "hidden", .int(1...Int(Int32.max)), .derived("in") { .int($0.int("ci")) }, "features inside the MLP"
                )
            ]
        ) { (net, arguments, x, members) throws(ShapeError) in
            try net.attentionPool(x, on: members, hidden: arguments.int("hidden"))
        },
        member(
            "set2set", "an LSTM that reads the nodes of each graph by attention",
            [.count("steps", default: 3, "steps of the LSTM")]
        ) { (net, arguments, x, members) throws(ShapeError) in
            try net.set2set(x, on: members, steps: arguments.int("steps"))
        },
    ]
}

extension GraphBuilder {
    /// Which nodes belong to which graph, from `batch`, an input of the model: the graph of each node, ascending.
    func members(graphs: Int, nodes: Int) throws(ShapeError) -> MessageGraph {
        let batch = inputs([try .indices("batch", nodes, layout: "N")]) { tensors, _ in
            let batch = tensors["batch"].ints
            for node in 0..<nodes { batch[node] = Int32(truncatingIfNeeded: node * graphs / nodes) }
        }[0]
        let maps = try outputs(
            of: "members", GraphMembers.kind, [("graphs", graphs), ("nodes", nodes)], inputs: ["batch": batch])
        return .sized(
            "members", rows: graphs, columns: nodes, edges: nodes, pointers: maps[0].map, indices: maps[1].map)
    }

    /// - Parameter members: see `members`.
    func attentionPool(_ x: FeatureMap, on members: MessageGraph, hidden: Int) throws(ShapeError) -> FeatureMap {
        let gate = try mlp("gate_nn", x, [hidden, 1])
        return try propagate(x, on: members, times: try edgeSoftmax(gate, on: members, heads: 1))
    }

    /// - Parameter members: see `members`.
    func set2set(_ x: FeatureMap, on members: MessageGraph, steps: Int) throws(ShapeError) -> FeatureMap {
        let (graphs, features) = (members.rows, x.channels)
        var h = try zeros("hidden_state", [graphs, features], layout: "GC")
        var cell = try zeros("cell_state", [graphs, features], layout: "GC")
        var query = try zeros("query", [graphs, 2 * features], layout: "GC")
        for _ in 0..<steps {
            (h, cell) = try lstm("lstm", query, h, cell: cell, suffix: "_l0")
            let scores = try edges("scores", on: members, "u_dot_v", u: x, v: h).reshaped([members.edges, 1])
            let read = try propagate(x, on: members, times: try edgeSoftmax(scores, on: members, heads: 1))
            query = try rowConcat("query", [h, read])
        }
        return query
    }
}
