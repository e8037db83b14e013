import Mutants

/// Sorts nodes by their scores, the best first, in place: heapsort (Williams, 1964). Of equal scores the one with the lower
/// number is better; NaN is the largest.
struct NodeRanking {
    let scores: UnsafePointer<Double>

    func isBetter(_ a: Int32, _ b: Int32) -> Bool {
        let (p, q) = (scores[Int(a)], scores[Int(b)])
        return p == q || p.isNaN && q.isNaN ? (planted(.topKTie) ? a > b : a < b) : p.isNaN || p > q
    }

    func sort(_ nodes: UnsafeMutablePointer<Int32>, count: Int) {
        for place in stride(from: count / 2 - 1, through: 0, by: -1) {
            sink(nodes[place], to: place, of: nodes, count: count)
        }
        for last in stride(from: count - 1, to: 0, by: -1) {
            let node = nodes[last]
            nodes[last] = nodes[0]
            sink(node, to: 0, of: nodes, count: last)
        }
    }

    /// Puts a node into a heap at a place or below, above all that are better.
    private func sink(_ node: Int32, to first: Int, of heap: UnsafeMutablePointer<Int32>, count: Int) {
        var place = first
        while 2 * place + 1 < count {
            var child = 2 * place + 1
            if child + 1 < count, isBetter(heap[child], heap[child + 1]) { child += 1 }
            guard isBetter(node, heap[child]) else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = node
    }
}
