/// How the nodes of a graph are numbered. It decides how often a source's row is still in a cache.
package enum NodeOrder: String, CaseIterable, Sendable, Hashable {
    /// As the graph was listed.
    case given
    /// Nodes with the most edges first.
    case degree
    /// Reverse Cuthill-McKee: neighbours get near numbers (Cuthill and McKee, "Reducing the bandwidth of sparse symmetric matrices",
    /// 1969; reversed by George, 1971).
    case rcm

    /// The new number of each node of a square graph.
    func places(of graph: CSR) -> [Int32] {
        let neighbours = graph.neighbours
        let degrees = (0..<graph.rows).map { neighbours.starts[$0 + 1] - neighbours.starts[$0] }
        let first: [Int32]
        switch self {
        case .given: first = (0..<Int32(truncatingIfNeeded: graph.rows)).map { $0 }
        case .degree:
            first = (0..<Int32(truncatingIfNeeded: graph.rows)).sorted {
                (-degrees[Int($0)], $0) < (-degrees[Int($1)], $1)
            }
        case .rcm: first = Self.cuthillMcKee(neighbours.nodes, neighbours.starts, degrees).reversed()
        }
        var places = [Int32](repeating: 0, count: graph.rows)
        for (place, node) in first.enumerated() { places[Int(node)] = Int32(truncatingIfNeeded: place) }
        return places
    }

    /// Breadth first from a node of least degree in each component, neighbours by rising degree.
    private static func cuthillMcKee(_ nodes: [Int32], _ starts: [Int32], _ degrees: [Int32]) -> [Int32] {
        var (order, isSeen) = ([Int32](), [Bool](repeating: false, count: degrees.count))
        order.reserveCapacity(degrees.count)
        let byDegree = degrees.indices.sorted { (degrees[$0], $0) < (degrees[$1], $1) }
        for root in byDegree where !isSeen[root] {
            isSeen[root] = true
            var next = order.count
            order.append(Int32(truncatingIfNeeded: root))
            while next < order.count {
                let node = Int(order[next])
                next += 1
                let begin = order.count
                for neighbour in nodes[Int(starts[node])..<Int(starts[node + 1])] where !isSeen[Int(neighbour)] {
                    isSeen[Int(neighbour)] = true
                    order.append(neighbour)
                }
                order[begin...].sort { (degrees[Int($0)], $0) < (degrees[Int($1)], $1) }
            }
        }
        return order
    }
}

extension CSR {
    /// The nodes at the other ends of each node's edges, of either direction: those of node i from `starts[i]` on.
    fileprivate var neighbours: (nodes: [Int32], starts: [Int32]) {
        var list = EdgeList(rows: rows, columns: columns)
        for row in 0..<rows {
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                list.destinations += [Int32(truncatingIfNeeded: row), indices[edge]]
                list.sources += [indices[edge], Int32(truncatingIfNeeded: row)]
            }
        }
        let both = CSR(list)
        return (both.indices, both.pointers)
    }
}

extension EdgeList {
    /// The same edges between nodes with other numbers.
    func renumbered(_ places: [Int32]) -> EdgeList {
        EdgeList(
            rows: rows, columns: columns, sources: sources.map { places[Int($0)] },
            destinations: destinations.map { places[Int($0)] }, weights: weights)
    }
}
