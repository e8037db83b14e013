import Synchronization
import Tensors
import Workloads

/// Numbers below a bound that edges have: which relation an edge is of, which kernels of a spline are active for it. They are drawn like
/// the graph, from the seed among the parameters, so that what is counted is what is computed.
struct EdgeKeys: Sendable, Hashable {
    let graph: GraphSource
    /// The operand, whose name is that of the stream of draws.
    let name: String
    let perEdge: Int
    /// Keys are in 0 ..< bound.
    let bound: Int
    let seed: UInt64

    /// Draws the keys: none can be out of range.
    func fill(_ tensors: Operands) {
        let (keys, draws) = (tensors[name], Draws(name, seed: seed))
        for i in 0..<keys.count { keys.ints[i] = key(i, draws) }
    }

    private func key(_ i: Int, _ draws: Draws) -> Int32 {
        Int32(truncatingIfNeeded: draws.whole(i, below: bound))
    }

    /// Pairs that occur: of a source and a key of an edge that comes from it, or of a destination and a key of an edge that leads there.
    struct Pairs: Sendable, Hashable {
        let sources: Int
        let destinations: Int
    }

    /// Graphs with more keys are not made only to be counted.
    private static let mostCounted = 1 << 23

    /// What was already counted.
    private static let counted = Mutex<[EdgeKeys: Pairs]>([:])

    /// The pairs that occur: exact, except for more than eight million keys. Then it is as many as there could be.
    var pairs: Pairs {
        let touched = graph.touched
        let keys = graph.edges * perEdge
        let most = Pairs(
            sources: Self.least(keys, touched.sources, bound),
            destinations: Self.least(keys, touched.destinations, bound))
        guard keys <= Self.mostCounted else { return most }
        if let known = Self.counted.withLock({ $0[self] }) { return known }
        guard let made = try? graph.build() else { return most }
        let found = count(made)
        Self.counted.withLock { counted in
            if counted.count >= 64 { counted.removeAll() }
            counted[self] = found
        }
        return found
    }

    /// The keys, or the pairs of some nodes with all keys, whichever is less.
    private static func least(_ keys: Int, _ nodes: Int, _ bound: Int) -> Int {
        let (all, overflow) = nodes.multipliedReportingOverflow(by: bound)
        return overflow ? keys : min(keys, all)
    }

    private func count(_ made: CSR) -> Pairs {
        let draws = Draws(name, seed: seed)
        let bySource = made.bySource
        // The last node that had each key.
        var last = [Int32](repeating: -1, count: bound)
        func distinct(_ starts: [Int32], _ edge: (Int) -> Int) -> Int {
            for key in 0..<bound { last[key] = -1 }
            var found = 0
            for node in 0..<starts.count - 1 {
                for place in Int(starts[node])..<Int(starts[node + 1]) {
                    for i in edge(place) * perEdge..<(edge(place) + 1) * perEdge {
                        let key = Int(key(i, draws))
                        if last[key] != Int32(truncatingIfNeeded: node) { found += 1 }
                        last[key] = Int32(truncatingIfNeeded: node)
                    }
                }
            }
            return found
        }
        return Pairs(
            sources: distinct(bySource.starts) { Int(bySource.order[$0]) }, destinations: distinct(made.pointers) { $0 }
        )
    }
}
