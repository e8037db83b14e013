import Foundation
import Tensors

/// A random graph: its model, its sizes and its seed say which.
package struct RandomGraph: Sendable, Hashable {
    package enum Model: Sendable, Hashable {
        /// See `RMAT`.
        case rmat
        /// See `UniformGraph`.
        case uniform
        /// Every node receives the same number of edges, as from its nearest neighbours.
        case regular
        /// Which nodes belong to which graph of a batch: an edge leads from every node to its graph.
        case members
        /// `rmat`, of the size of a data set.
        case named(NamedGraph)
    }

    let model: Model
    /// Number of destinations.
    let rows: Int
    /// Number of sources.
    let columns: Int
    let edges: Int
    /// Graphs of the batch, each with an even share of nodes and edges.
    let graphs: Int
    let seed: UInt64

    private static let models: [(word: String, model: Model)] =
        [("rmat", .rmat), ("uniform", .uniform), ("regular", .regular), ("members", .members)]
        + NamedGraph.all.map { ($0.name, .named($0)) }

    /// The words of the models, and of the data sets.
    static let words = models.map(\.word)

    /// Throws if a size is missing or does not fit the model.
    init(_ word: String, _ arguments: Arguments) throws(ShapeError) {
        model = Self.models.first { $0.word == word }?.model ?? .rmat
        seed = UInt64(arguments.int("seed"))
        graphs = arguments.int("graphs")
        if case .named(let named) = model {
            (rows, columns, edges) = (named.nodes, named.nodes, named.edges)
            try GraphSource.check(arguments, of: word, nodes: rows, edges: edges)
            try Self.refuse("sources", unless: arguments.int("sources") == 0, of: word)
            try Self.refuse("graphs", unless: graphs == 1, of: word)
            return
        }
        for key in ["nodes", "edges"] where arguments.int(key) == GraphSource.unsaid {
            throw ShapeError(
                "the graph '\(word)' needs '\(key)'", parameter: "graph",
                remedy: "say how many \(key), as in [\(key)=100], or take the size of a data set, as in [graph=cora]")
        }
        rows = arguments.int("nodes")
        edges = arguments.int("edges")
        let sources = arguments.int("sources")
        columns = model == .members ? edges : sources == 0 ? rows : sources
        try Self.refuse("sources", unless: sources == 0 || model == .uniform || model == .regular, of: word)
        try Self.refuse("graphs", unless: graphs == 1 || model == .rmat || model == .uniform && sources == 0, of: word)
        guard graphs <= rows else {
            throw ShapeError(
                "graphs: \(graphs) graphs of \(rows) nodes", parameter: "graphs", remedy: "take fewer graphs")
        }
        guard model != .regular || edges.isMultiple(of: rows) else {
            throw ShapeError(
                "edges: \(edges) edges cannot be shared evenly among \(rows) nodes", parameter: "edges",
                remedy: "write a multiple of \(rows)")
        }
    }

    private static func refuse(_ key: String, unless holds: Bool, of word: String) throws(ShapeError) {
        guard !holds else { return }
        throw ShapeError(
            "\(key): a graph of the kind '\(word)' cannot have them", parameter: key, remedy: "leave '\(key)' out")
    }

    /// About the number of edges that the busiest node receives, or more, from the distribution.
    var longestRow: Int {
        // Of a batch, that of its largest graph.
        let edges = Double((edges + graphs - 1) / graphs)
        let nodes = max(1, rows / graphs)
        let expected: Double
        switch model {
        case .rmat, .named:
            // The busiest label has 0 for every bit, each with probability .57 + .19. The factor 2 is for labels past
            // the last node, which are folded onto others; the rest is for chance.
            expected = 2 * edges * pow(0.76, Double(RMAT.levels(nodes)))
        case .uniform: expected = edges / Double(nodes)
        case .regular: return self.edges / rows
        case .members: return (self.edges + rows - 1) / rows
        }
        return min(self.edges, Int(expected + 8 * expected.squareRoot()) + 16)
    }

    /// Makes the edges.
    func edgeList() -> EdgeList {
        switch model {
        case .rmat, .uniform: batch
        case .regular:
            EdgeList(rows: rows, columns: columns, edges: edges) {
                [draws = Draws("uniform", seed: seed)] e in
                (draws.whole(e, below: columns), e / (edges / rows))
            }
        case .members: EdgeList(rows: rows, columns: columns, edges: edges) { ($0, $0 * rows / edges) }
        case .named(let named): named.edgeList(seed: seed)
        }
    }

    /// The graphs of the batch, one after the other.
    private var batch: EdgeList {
        var list = EdgeList(rows: rows, columns: columns)
        for graph in 0..<graphs {
            let first = graph * rows / graphs
            let nodes = (graph + 1) * rows / graphs - first
            let edges = (graph + 1) * edges / graphs - graph * edges / graphs
            let seed = seed &+ UInt64(graph)
            let one =
                model == .rmat
                ? RMAT.edges(nodes: nodes, edges: edges, seed: seed)
                : UniformGraph.edges(
                    nodes: nodes, sources: columns == rows ? nodes : columns, edges: edges, seed: seed)
            guard graphs > 1 else { return one }
            let shift = Int32(truncatingIfNeeded: first)
            list.sources += one.sources.map { $0 + shift }
            list.destinations += one.destinations.map { $0 + shift }
        }
        return list
    }
}

extension NamedGraph {
    /// The edges of `RMAT`; those from a node to itself lead to the next one instead.
    fileprivate func edgeList(seed: UInt64) -> EdgeList {
        let drawn = RMAT.edges(nodes: nodes, edges: isDirected ? edges : edges / 2, seed: seed)
        var list = EdgeList(rows: nodes, columns: nodes, sources: drawn.sources, destinations: drawn.destinations)
        for e in 0..<list.count where list.sources[e] == list.destinations[e] {
            list.destinations[e] = (list.destinations[e] + 1) % Int32(truncatingIfNeeded: nodes)
        }
        if !isDirected {
            let (sources, destinations) = (list.sources, list.destinations)
            list.sources += destinations
            list.destinations += sources
        }
        return list
    }
}
