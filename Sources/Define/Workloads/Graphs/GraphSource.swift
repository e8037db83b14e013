import Foundation

/// Where the graph of a workload comes from and how large it is. The graph itself is made only when it is needed.
package enum GraphSource: Sendable, Hashable {
    case rmat(nodes: Int, edges: Int, seed: UInt64)
    case uniform(nodes: Int, edges: Int, seed: UInt64)
    case file(MatrixMarket)

    /// The parameters of workloads on graphs: these come first, and `seed` after the workload's own.
    package static let parameters = [
        Parameter(
            "graph", .file(choices: ["rmat", "uniform"], suffix: ".mtx"), .value(.word("rmat")),
            "random graph, or Matrix Market file, its path from the folder where assay is called"),
        Parameter("nodes", .int(1...Int(Int32.max)), sizeOfFile, "nodes; of a file its rows"),
        Parameter("edges", .int(0...Int(Int32.max)), sizeOfFile, "edges; of a file its entries, mirrored ones too"),
    ]

    package static let seed = Parameter(
        "seed", .int(0...Int(Int32.max)), .value(.int(1)), "seed of the random graph; means nothing for a file")

    /// Marks a size that was left out: no valid size is negative.
    private static let unsaid = -1
    private static let sizeOfFile = Parameter.Default.derived("what the file has") { _ in .int(unsaid) }

    /// Reads the arguments of `parameters` and `seed`. Throws if a random graph has no size, or if a file cannot be
    /// read or has another size.
    package init(_ arguments: Arguments) throws(ShapeError) {
        let (graph, nodes, edges) = (arguments.word("graph"), arguments.int("nodes"), arguments.int("edges"))
        let seed = UInt64(arguments.int("seed"))
        guard graph == "rmat" || graph == "uniform" else {
            let file = try MatrixMarket(path: graph)
            for (key, said, found) in [("nodes", nodes, file.rows), ("edges", edges, file.edges)]
            where said != Self.unsaid && said != found {
                throw ShapeError(
                    "\(key): \(said), but \(graph) has \(found)", parameter: key,
                    remedy: "write \(found), or leave '\(key)' out")
            }
            self = .file(file)
            return
        }
        for (key, said) in [("nodes", nodes), ("edges", edges)] where said == Self.unsaid {
            throw ShapeError("the graph '\(graph)' needs '\(key)'", parameter: "graph", remedy: "say how many \(key)")
        }
        self =
            graph == "rmat"
            ? .rmat(nodes: nodes, edges: edges, seed: seed) : .uniform(nodes: nodes, edges: edges, seed: seed)
    }

    /// Number of destinations.
    package var rows: Int {
        switch self {
        case .rmat(let nodes, _, _), .uniform(let nodes, _, _): nodes
        case .file(let file): file.rows
        }
    }

    /// Number of sources.
    package var columns: Int {
        switch self {
        case .rmat(let nodes, _, _), .uniform(let nodes, _, _): nodes
        case .file(let file): file.columns
        }
    }

    package var edges: Int {
        switch self {
        case .rmat(_, let edges, _), .uniform(_, let edges, _): edges
        case .file(let file): file.edges
        }
    }

    /// About the number of edges that the busiest node receives, or more: exact for a file, else from the distribution.
    package var longestRow: Int {
        switch self {
        case .rmat(let nodes, let edges, _):
            // The busiest label has 0 for every bit, each with probability .57 + .19. The factor 2 is for labels past
            // the last node, which are folded onto others; the rest is for chance.
            let expected = 2 * Double(edges) * pow(0.76, Double(RMAT.levels(nodes)))
            return min(edges, Int(expected + 8 * expected.squareRoot()) + 16)
        case .uniform(let nodes, let edges, _):
            let expected = Double(edges) / Double(nodes)
            return min(edges, Int(expected + 8 * expected.squareRoot()) + 16)
        case .file(let file): return file.longestRow
        }
    }

    /// Whether the edges have weights of their own.
    package var hasWeights: Bool { if case .file = self { true } else { false } }

    /// Makes the graph. Throws if a file can no longer be read or has changed since its size was read.
    package func build() throws(ShapeError) -> CSR {
        switch self {
        case .rmat(let nodes, let edges, let seed): CSR(RMAT.edges(nodes: nodes, edges: edges, seed: seed))
        case .uniform(let nodes, let edges, let seed): CSR(UniformGraph.edges(nodes: nodes, edges: edges, seed: seed))
        case .file(let file): CSR(try file.edgeList())
        }
    }
}
