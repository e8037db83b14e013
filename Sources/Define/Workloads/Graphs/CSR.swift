/// A graph by destination (compressed sparse rows): the sources of row i's edges, ascending, are
/// `indices[pointers[i]..<pointers[i + 1]]`.
package struct CSR: Sendable, Hashable {
    package let rows: Int
    package let columns: Int
    package let pointers: [Int32]
    package let indices: [Int32]
    /// One weight per edge, in the order of `indices`, or nil.
    package let weights: [Float]?

    /// Sorts the edges by destination, then source; edges listed more than once keep their order.
    ///
    /// Two stable counting sorts, by the lesser key first: O(edges + rows + columns).
    package init(_ edges: EdgeList) {
        rows = edges.rows
        columns = edges.columns
        let bySource = Self.sorted(0..<Int32(truncatingIfNeeded: edges.count), by: edges.sources, below: columns)
        let order = Self.sorted(bySource.order, by: edges.destinations, below: rows)
        pointers = order.starts
        indices = order.order.map { edges.sources[Int($0)] }
        weights = edges.weights.map { weights in order.order.map { weights[Int($0)] } }
    }

    /// The edges in the order of their sources, edges of a source in theirs, and where those of each source start.
    package var bySource: (order: [Int32], starts: [Int32]) {
        Self.sorted(0..<Int32(truncatingIfNeeded: indices.count), by: indices, below: columns)
    }

    /// The positions in ascending order of their keys, and where the run of each key starts.
    private static func sorted(_ positions: some Sequence<Int32>, by keys: [Int32], below bound: Int)
        -> (order: [Int32], starts: [Int32])
    {
        // The count of a key is stored two places on. Placing moves each start on to that of the next key, so that in
        // the end the array holds the starts without a copy.
        var starts = [Int32](repeating: 0, count: bound + 2)
        for key in keys { starts[Int(key) + 2] += 1 }
        for key in 0..<bound { starts[key + 2] += starts[key + 1] }
        var order = [Int32](repeating: 0, count: keys.count)
        for position in positions {
            let next = Int(keys[Int(position)]) + 1
            order[Int(starts[next])] = position
            starts[next] += 1
        }
        starts.removeLast()
        return (order, starts)
    }
}
