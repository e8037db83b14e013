import Foundation

/// Where the graph of a workload comes from, how large it is, and what is done to it. The graph itself is made only when it is
/// needed.
package struct GraphSource: Sendable, Hashable {
    package enum Origin: Sendable, Hashable {
        case random(RandomGraph)
        case file(MatrixMarket)
    }

    package let origin: Origin
    package let loops: SelfLoops
    package let order: NodeOrder

    /// The parameters of workloads on graphs: these come first, and `seed` after the workload's own.
    package static let parameters = [
        Parameter(
            "graph", .file(choices: RandomGraph.words, suffix: ".mtx"), .value(.word("rmat")),
            "random graph, random graph of the size of a data set, or Matrix Market file, its path from the folder where assay "
                + "is called"),
        Parameter("nodes", .int(1...Int(Int32.max)), sizeOfGraph, "nodes; of a file its rows"),
        Parameter("edges", .int(0...Int(Int32.max)), sizeOfGraph, "edges; of a file its entries, mirrored ones too"),
        Parameter(
            "sources", .int(0...Int(Int32.max)), .value(.int(0)),
            "nodes that edges come from, if they are others than those they lead to: columns of a uniform matrix; 0 if not"
        ).asExtra,
        Parameter(
            "graphs", .int(1...Int(Int32.max)), .value(.int(1)),
            "graphs of a batch, which share the nodes and edges evenly and have no edges between them"
        ).asExtra,
        .choice(
            "loops", SelfLoops.allCases.map(\.rawValue),
            "edges from a node to itself: as drawn, none, one per node, or one more per node"
        )
        .asExtra,
        .choice("order", NodeOrder.allCases.map(\.rawValue), "how nodes are numbered").asExtra,
    ]

    package static let seed = Parameter(
        "seed", .int(0...Int(Int32.max)), .value(.int(1)), "seed of the random graph; means nothing for a file")

    /// Marks a size that was left out: no valid size is negative.
    static let unsaid = -1
    private static let sizeOfGraph = Parameter.Default.derived("what the file or the data set has") { _ in .int(unsaid)
    }

    /// Reads the arguments of `parameters` and `seed`. Throws if a random graph has no size, or if a file cannot be
    /// read or has another size.
    package init(_ arguments: Arguments) throws(ShapeError) {
        let word = arguments.word("graph")
        if RandomGraph.words.contains(word) {
            origin = .random(try RandomGraph(word, arguments))
        } else {
            let file = try MatrixMarket(path: word)
            try Self.check(arguments, of: word, nodes: file.rows, edges: file.edges)
            for (key, none) in [("sources", 0), ("graphs", 1)] where arguments.int(key) != none {
                throw ShapeError(
                    "\(key): \(word) is a file, which says this itself", parameter: key, remedy: "leave '\(key)' out")
            }
            origin = .file(file)
        }
        loops = SelfLoops(rawValue: arguments.word("loops")) ?? .kept
        order = NodeOrder(rawValue: arguments.word("order")) ?? .given
        guard loops == .kept && order == .given || rows == columns else {
            throw ShapeError(
                "a graph of \(columns) sources and \(rows) destinations has no self-loops, and no order of its nodes",
                parameter: loops == .kept ? "order" : "loops", remedy: "leave it out, or take a square graph")
        }
        _ = try product(rows + 1, 4)
        if loops == .dropped || loops == .single { try checkSelfLoops() }
        guard edges <= Int(Int32.max) else {
            throw ShapeError(
                "\(edges) edges are too many for indices of 32 bits", parameter: "edges", remedy: "take a smaller graph"
            )
        }
    }

    /// Throws if `nodes` or `edges` say something else than the graph has.
    static func check(_ arguments: Arguments, of graph: String, nodes: Int, edges: Int) throws(ShapeError) {
        for (key, found) in [("nodes", nodes), ("edges", edges)] {
            let said = arguments.int(key)
            guard said != unsaid, said != found else { continue }
            throw ShapeError(
                "\(key): \(said), but \(graph) has \(found)", parameter: key,
                remedy: "write \(found), or leave '\(key)' out")
        }
    }

    /// Number of destinations.
    package var rows: Int {
        switch origin {
        case .random(let graph): graph.rows
        case .file(let file): file.rows
        }
    }

    /// Number of sources.
    package var columns: Int {
        switch origin {
        case .random(let graph): graph.columns
        case .file(let file): file.columns
        }
    }

    /// Edges before self-loops are dropped or added.
    var listedEdges: Int {
        switch origin {
        case .random(let graph): graph.edges
        case .file(let file): file.edges
        }
    }

    /// Edges of the graph that is made.
    package var edges: Int {
        switch loops {
        case .kept: listedEdges
        case .dropped: listedEdges - selfLoops
        case .single: listedEdges - selfLoops + rows
        case .more: listedEdges + rows
        }
    }

    /// About the number of edges that the busiest node receives, or more: exact for a file, else from the distribution.
    package var longestRow: Int {
        let listed =
            switch origin {
            case .random(let graph): graph.longestRow
            case .file(let file): file.longestRow
            }
        return listed + (loops == .single || loops == .more ? 1 : 0)
    }

    /// Whether the edges have weights of their own.
    package var hasWeights: Bool { if case .file = origin { true } else { false } }

    /// Makes the graph. Throws if a file can no longer be read or has changed since its size was read.
    package func build() throws(ShapeError) -> CSR {
        var list =
            switch origin {
            case .random(let graph): graph.edgeList()
            case .file(let file): try file.edgeList()
            }
        loops.apply(to: &list)
        let graph = CSR(list)
        return order == .given ? graph : CSR(list.renumbered(order.places(of: graph)))
    }
}
