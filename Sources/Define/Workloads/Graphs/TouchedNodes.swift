import Synchronization
import Tensors

/// How many nodes of a graph have an edge: the features of the others are never read.
package struct TouchedNodes: Sendable, Hashable {
    /// Nodes that an edge comes from.
    package let sources: Int
    /// Nodes that an edge leads to.
    package let destinations: Int

    init(sources: Int, destinations: Int) {
        self.sources = sources
        self.destinations = destinations
    }

    package init(_ edges: EdgeList) {
        sources = Self.distinct(edges.sources, below: edges.columns)
        destinations = Self.distinct(edges.destinations, below: edges.rows)
    }

    private static func distinct(_ nodes: [Int32], below bound: Int) -> Int {
        // For a few nodes among very many, a bit per node is not worth it.
        guard bound / 256 <= nodes.count else { return Set(nodes).count }
        var seen = [UInt64](repeating: 0, count: bound / 64 + 1)
        for node in nodes { seen[Int(node) >> 6] |= 1 << UInt64(node & 63) }
        return seen.reduce(0) { $0 + $1.nonzeroBitCount }
    }
}

extension GraphSource {
    /// Graphs with more edges are not made only to be counted. Then every node counts that they could touch.
    private static let mostCounted = 1 << 23

    /// Random graphs that were already counted: the shapes of a sweep share one.
    private static let counted = Mutex<[GraphSource: TouchedNodes]>([:])

    /// The nodes that have an edge: exact, except for random graphs of more than eight million edges.
    package var touched: TouchedNodes {
        if case .file(let file) = self { return file.touched }
        guard edges <= Self.mostCounted else {
            return TouchedNodes(sources: min(columns, edges), destinations: min(rows, edges))
        }
        if let known = Self.counted.withLock({ $0[self] }) { return known }
        let found = TouchedNodes(randomEdges)
        Self.counted.withLock { counted in
            if counted.count >= 64 { counted.removeAll() }
            counted[self] = found
        }
        return found
    }

    /// The edges of a random graph.
    private var randomEdges: EdgeList {
        switch self {
        case .rmat(let nodes, let edges, let seed): RMAT.edges(nodes: nodes, edges: edges, seed: seed)
        case .uniform(let nodes, let edges, let seed): UniformGraph.edges(nodes: nodes, edges: edges, seed: seed)
        case .file: EdgeList(rows: 0, columns: 0)
        }
    }
}
