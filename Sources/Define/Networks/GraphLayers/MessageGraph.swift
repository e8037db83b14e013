import Kernels
import Tensors
import Workloads

/// A graph as feature maps that layers of a network share, and what kernels have to know of it.
struct MessageGraph {
    /// The parameters of the graph, for the kernels that read it.
    let parameters: [(String, any CustomStringConvertible)]
    let rows: Int
    let columns: Int
    let edges: Int
    /// [rows + 1] and [edges]: the edges by destination.
    let pointers: FeatureMap
    let indices: FeatureMap
    /// One weight per edge, if there are any.
    var weights: FeatureMap?
    /// Whether the parameters say which graph it is, and not only its sizes.
    var isKnown = true

    var inputs: [String: FeatureMap] { ["pointers": pointers, "indices": indices] }

    /// The parameters of a graph of random edges, of which only the sizes matter: its feature maps say which it is.
    static func sized(
        _ model: String, rows: Int, columns: Int, edges: Int, pointers: FeatureMap, indices: FeatureMap
    ) -> MessageGraph {
        MessageGraph(
            parameters: [("graph", model), ("nodes", rows), ("edges", edges)]
                + (model == "members" || rows == columns ? [] : [("sources", columns)]),
            rows: rows, columns: columns, edges: edges, pointers: pointers, indices: indices, isKnown: false)
    }

    /// The same graph with other edges.
    func with(
        _ loops: SelfLoops, edges: Int, pointers: FeatureMap, indices: FeatureMap, weights: FeatureMap? = nil
    ) -> MessageGraph {
        let others = parameters.filter { $0.0 != "loops" }
        return MessageGraph(
            parameters: others + [("loops", loops.rawValue)], rows: rows, columns: columns, edges: edges,
            pointers: pointers, indices: indices, weights: weights)
    }
}

extension GraphBuilder {
    /// The graph of a model as inputs of its own: `pointers`, `indices`, and `edge_weight` if edges have weights.
    func messageGraph(_ arguments: Arguments, isWeighted: Bool = false) throws(ShapeError) -> MessageGraph {
        let source = try GraphSource(arguments)
        let weights: [Operand] =
            isWeighted
            ? [try .input("edge_weight", [source.edges], layout: "E", values: source.hasWeights ? .made : .scale)] : []
        let maps = inputs(try source.operands + weights) { tensors, _ in
            try source.fill(tensors, weights: "edge_weight")
        }
        let keys = GraphSource.parameters.map(\.key) + [GraphSource.seed.key]
        return MessageGraph(
            parameters: source.completing(arguments).pairs.filter { keys.contains($0.key) }.map { ($0.key, $0.value) },
            rows: source.rows, columns: source.columns, edges: source.edges, pointers: maps[0], indices: maps[1],
            weights: isWeighted ? maps[2] : nil)
    }

    /// The messages of all edges, and what their destinations make of them: two layers, which the pass `fuse-messages` makes one.
    ///
    /// - Parameters:
    ///   - x: [columns, features], a row of the sources.
    ///   - factors: [edges], or [edges, heads]: what the source's row is multiplied by.
    ///   - reduce: sum, mean, max or min.
    func propagate(
        _ x: FeatureMap, on graph: MessageGraph, times factors: FeatureMap? = nil, _ reduce: String = "sum"
    ) throws(ShapeError) -> FeatureMap {
        let numbers = factors.map { $0.count / max(graph.edges, 1) }
        return try reduced(
            try messages(x, on: graph, factors == nil ? "copy_u" : "u_mul_e", factors, numbers: max(numbers ?? 1, 1)),
            on: graph, reduce)
    }

    /// A message per edge, of its source's row and what the edge has.
    func messages(
        _ x: FeatureMap, on graph: MessageGraph, _ message: String, _ e: FeatureMap? = nil, numbers: Int = 0
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            "message", EdgeMessages.kind,
            graph.parameters + [("f", x.channels), ("message", message)] + (e == nil ? [] : [("e", numbers)]),
            inputs: graph.inputs.merging(["u": x]) { $1 }.merging(e.map { ["e": $0] } ?? [:]) { $1 })
    }

    /// Messages [edges, features] reduced at their destinations.
    func reduced(
        _ messages: FeatureMap, on graph: MessageGraph, _ reduce: String = "sum"
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            "aggregate", GSpMM.kind,
            graph.parameters + [("f", messages.channels), ("message", "copy_e"), ("reduce", reduce)],
            inputs: graph.inputs.merging(["e": messages]) { $1 })
    }

    /// An operation on the rows of an edge, of its ends and its own.
    func edges(
        _ name: String, on graph: MessageGraph, _ operation: String, u: FeatureMap? = nil, v: FeatureMap? = nil,
        e: FeatureMap? = nil, heads: Int = 1
    ) throws(ShapeError) -> FeatureMap {
        let features = (u ?? v ?? e)?.channels ?? 1
        let given = [("u", u), ("v", v), ("e", e)].compactMap { key, map in map.map { (key, $0) } }
        return try layer(
            name, GSDDMM.kind, graph.parameters + [("f", features), ("op", operation), ("h", heads)],
            inputs: graph.inputs.merging(given) { $1 })
    }

    /// The softmax of scores [edges, heads] over the edges that arrive at each node.
    func edgeSoftmax(_ scores: FeatureMap, on graph: MessageGraph, heads: Int) throws(ShapeError) -> FeatureMap {
        try layer(
            "softmax", EdgeSoftmax.kind, graph.parameters + [("h", heads)],
            inputs: ["pointers": graph.pointers, "x": scores])
    }

    /// The normalised adjacency matrix of a graph convolution, with one self-loop per node unless `addsLoops` is false.
    func normalised(
        _ graph: MessageGraph, addsLoops: Bool = true, isImproved: Bool = false, isCached: Bool = false
    ) throws(ShapeError) -> MessageGraph {
        try needKnown(graph)
        let maps = try cached(isCached) { () throws(ShapeError) in
            try outputs(
                of: "norm", GCNNorm.kind,
                graph.parameters + [
                    ("weighted", graph.weights != nil), ("add_loops", addsLoops), ("improved", isImproved),
                ], inputs: graph.inputs.merging(graph.weights.map { ["edge_weight": $0] } ?? [:]) { $1 })
        }
        guard addsLoops else {
            var normalised = graph
            normalised.weights = maps[0].map
            return normalised
        }
        return graph.with(
            .single, edges: maps[2].map.count, pointers: maps[0].map, indices: maps[1].map, weights: maps[2].map)
    }

    /// The same graph with one self-loop per node, and the attributes of its edges [edges, width] if they have any.
    ///
    /// - Parameter keepsLoops: whether it is one more than a node has.
    func looped(
        _ graph: MessageGraph, attributes: FeatureMap? = nil, keepsLoops: Bool = false
    ) throws(ShapeError) -> (graph: MessageGraph, attributes: FeatureMap?) {
        try needKnown(graph)
        let maps = try outputs(
            of: "self_loops", AddSelfLoops.kind,
            graph.parameters + [("a", attributes?.channels ?? 0), ("more", keepsLoops)],
            inputs: graph.inputs.merging(attributes.map { ["edge_attr": $0] } ?? [:]) { $1 })
        return (
            graph.with(
                keepsLoops ? .more : .single, edges: maps[1].map.count, pointers: maps[0].map, indices: maps[1].map),
            attributes == nil ? nil : maps[2].map
        )
    }

    /// Throws if the number of self-loops is not known, on which the size of what is made depends.
    func needKnown(_ graph: MessageGraph) throws(ShapeError) {
        guard graph.isKnown else { throw mistake("the self-loops of a graph that is found in the call are not known") }
    }
}
