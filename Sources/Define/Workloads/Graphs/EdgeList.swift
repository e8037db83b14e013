/// The edges of a graph in any order (coordinate format, COO): edge e leads from `sources[e]` to `destinations[e]`.
///
/// As a matrix it has one row per destination and one column per source. An edge may be listed more than once.
package struct EdgeList: Sendable, Hashable {
    /// Number of nodes that edges lead to.
    package let rows: Int
    /// Number of nodes that edges come from; the same nodes, except in a rectangular matrix.
    package let columns: Int
    package var sources: [Int32]
    package var destinations: [Int32]
    /// One weight per edge, or nil.
    package var weights: [Float]?

    /// Every source must be less than `columns` and every destination less than `rows`: nothing checks it later.
    package init(
        rows: Int, columns: Int, sources: [Int32] = [], destinations: [Int32] = [], weights: [Float]? = nil
    ) {
        self.rows = rows
        self.columns = columns
        self.sources = sources
        self.destinations = destinations
        self.weights = weights
    }

    package var count: Int { sources.count }

    /// A square graph; `edge(e)` returns the source and the destination of edge e.
    init(nodes: Int, edges: Int, edge: (Int) -> (source: Int, destination: Int)) {
        self.init(rows: nodes, columns: nodes, edges: edges, edge: edge)
    }

    /// A graph; `edge(e)` returns the source and the destination of edge e.
    init(rows: Int, columns: Int, edges: Int, edge: (Int) -> (source: Int, destination: Int)) {
        self.init(
            rows: rows, columns: columns, sources: Array(repeating: 0, count: edges),
            destinations: Array(repeating: 0, count: edges))
        for e in 0..<edges {
            let (source, destination) = edge(e)
            sources[e] = Int32(truncatingIfNeeded: source)
            destinations[e] = Int32(truncatingIfNeeded: destination)
        }
    }
}
