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

extension EdgeList {
    /// Edges from a node to itself.
    var selfLoops: Int { (0..<count).reduce(0) { $0 + (sources[$1] == destinations[$1] ? 1 : 0) } }

    var withoutLoops: EdgeList {
        var list = self
        SelfLoops.dropped.apply(to: &list)
        return list
    }
}

extension GraphSource {
    /// What is counted of a random graph.
    private struct Count {
        let touched: TouchedNodes
        /// The same without self-loops.
        let touchedByOthers: TouchedNodes
        let selfLoops: Int
    }

    /// Graphs with more edges are not made only to be counted. Then every node counts that they could touch.
    private static let mostCounted = 1 << 23

    /// Throws if self-loops would have to be counted of a random graph so large that it takes minutes.
    func checkSelfLoops() throws(ShapeError) {
        guard case .random(let graph) = origin, graph.edges > 1 << 28 else { return }
        if case .named = graph.model { return }
        throw ShapeError(
            "the self-loops of a random graph of more than \(1 << 28) edges are not counted", parameter: "edges",
            remedy: "take fewer edges, or a graph from a file")
    }

    /// Random graphs that were already counted: the shapes of a sweep share one.
    private static let counted = Mutex<[RandomGraph: Count]>([:])

    /// The nodes that have an edge: exact, except for random graphs of more than eight million edges.
    package var touched: TouchedNodes {
        if loops == .single || loops == .more { return TouchedNodes(sources: columns, destinations: rows) }
        switch origin {
        case .file(let file): return loops == .kept ? file.touched : file.touchedByOthers
        case .random(let graph):
            guard graph.edges <= Self.mostCounted else {
                return TouchedNodes(sources: min(columns, graph.edges), destinations: min(rows, graph.edges))
            }
            let count = Self.count(graph)
            return loops == .kept ? count.touched : count.touchedByOthers
        }
    }

    /// Edges from a node to itself, before they are dropped. Random graphs are made to count them: see `checkSelfLoops`.
    var selfLoops: Int {
        switch origin {
        case .file(let file): file.selfLoops
        case .random(let graph): if case .named = graph.model { 0 } else { Self.count(graph).selfLoops }
        }
    }

    private static func count(_ graph: RandomGraph) -> Count {
        if let known = counted.withLock({ $0[graph] }) { return known }
        let list = graph.edgeList()
        let found = Count(
            touched: TouchedNodes(list), touchedByOthers: TouchedNodes(list.withoutLoops), selfLoops: list.selfLoops)
        counted.withLock { counted in
            if counted.count >= 64 { counted.removeAll() }
            counted[graph] = found
        }
        return found
    }
}
