/// What becomes of the edges from a node to itself.
package enum SelfLoops: String, CaseIterable, Sendable, Hashable {
    /// They stay as they are.
    case kept
    /// There are none.
    case dropped
    /// Every node has exactly one.
    case single
    /// Every node has one more.
    case more

    func apply(to list: inout EdgeList) {
        guard self != .kept else { return }
        let kept = (0..<list.count).filter { self == .more || list.sources[$0] != list.destinations[$0] }
        let added = self != .dropped ? (0..<Int32(truncatingIfNeeded: list.rows)) : 0..<0
        list = EdgeList(
            rows: list.rows, columns: list.columns, sources: kept.map { list.sources[$0] } + added,
            destinations: kept.map { list.destinations[$0] } + added,
            weights: list.weights.map { weights in kept.map { weights[$0] } + added.map { _ in 1 } })
    }
}
