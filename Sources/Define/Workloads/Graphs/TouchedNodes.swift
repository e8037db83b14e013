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
        // A few among very many are not worth a bit for each.
        guard bound / 256 <= nodes.count else { return Set(nodes).count }
        var seen = [UInt64](repeating: 0, count: bound / 64 + 1)
        for node in nodes { seen[Int(node) >> 6] |= 1 << UInt64(node & 63) }
        return seen.reduce(0) { $0 + $1.nonzeroBitCount }
    }
}

extension GraphSource {
    /// More edges than these are not made only to be counted: then every node counts that they could touch.
    private static let mostCounted = 1 << 23

    /// Random graphs that were counted: the shapes of a sweep have one in common.
    private static let counted = Mutex<[GraphSource: TouchedNodes]>([:])

    /// The nodes that have an edge: exact, but for random graphs of more than eight million edges.
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

    /// Those of a random graph.
    private var randomEdges: EdgeList {
        switch self {
        case .rmat(let nodes, let edges, let seed): RMAT.edges(nodes: nodes, edges: edges, seed: seed)
        case .uniform(let nodes, let edges, let seed): UniformGraph.edges(nodes: nodes, edges: edges, seed: seed)
        case .file: EdgeList(rows: 0, columns: 0)
        }
    }
}
