import Kernels
import Tensors
import Workloads

/// Attention of a transformer over the edges of a graph (Shi et al., "Masked label prediction", 2021): queries of the destination, keys
/// and values of the source, to which the edge's attributes are added. With `beta` a gate mixes the result with the node's own linear
/// layer. No self-loops are added. Named as in PyTorch Geometric's `TransformerConv`.
enum TransformerConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "transformer_conv", "attention of a transformer over the edges of a graph",
                Schema.graphWidths + GATConv.parameters + [.flag("beta", "a gate adds the node's own part").asExtra],
                example: "nodes=34,edges=156,ci=5,co=4,heads=3")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.transformerConv(
                x, on: graph, arguments.int("co"), heads: arguments.int("heads"),
                concatenates: arguments.flag("concat"),
                attributes: try net.attributes(arguments, on: graph), isGated: arguments.flag("beta"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameter features: of a head.
    func transformerConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, heads: Int, concatenates: Bool = true,
        attributes: FeatureMap? = nil, isGated: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        try needEdges(graph)
        let all = try product(heads, features)
        let key = try linear("lin_key", x, all)
        let query = try linear("lin_query", x, all)
        let value = try linear("lin_value", x, all)
        var (scores, y): (FeatureMap, FeatureMap)
        if let attributes {
            let own = try linear("lin_edge", attributes, all, bias: false)
            let keys = try messages(key, on: graph, "u_add_e", own, numbers: all)
            scores = try edges("scores", on: graph, "v_dot_e", v: query, e: keys, heads: heads)
        } else {
            scores = try edges("scores", on: graph, "u_dot_v", u: key, v: query, heads: heads)
        }
        scores = try scale(scores.reshaped([graph.edges, heads]), by: 1 / Double(features).squareRoot())
        let weights = try edgeSoftmax(scores, on: graph, heads: heads)
        if let attributes {
            let own = try linear("lin_edge", attributes, all, bias: false)
            let values = try messages(value, on: graph, "u_add_e", own, numbers: all)
            y = try propagate(values, on: try incidence(of: graph), times: weights)
        } else {
            y = try propagate(value, on: graph, times: weights)
        }
        if !concatenates { y = try headMean(y, heads: heads) }
        let own = try linear("lin_skip", x, y.channels)
        guard isGated else { return try add(y, own) }
        let difference = try add(y, own, beta: -1)
        let gate = try linear("lin_beta", try rowConcat("gate", [y, own, difference]), 1, bias: false)
        return try layer(
            "update", GatedAdd.kind, [("rows", graph.rows), ("f", y.channels)],
            inputs: ["a": own, "b": y, "gate": try activation("sigmoid", gate)])
    }

    /// The graph from edges to their destinations, in which the rows of edges are messages.
    func incidence(of graph: MessageGraph) throws(ShapeError) -> MessageGraph {
        let numbers = inputs([try .indices("edge_numbers", graph.edges, layout: "E")]) { tensors, _ in
            let numbers = tensors["edge_numbers"].ints
            for edge in 0..<tensors["edge_numbers"].count { numbers[edge] = Int32(truncatingIfNeeded: edge) }
        }[0]
        return .sized(
            "members", rows: graph.rows, columns: graph.edges, edges: graph.edges, pointers: graph.pointers,
            indices: numbers)
    }
}
