import Mutants
import Settings
import Tensors
import Workloads

/// The edges of a graph by their sources: what gradients go along. `indices_t` are the destinations, and `order` says which edge, counted
/// by destination, each is.
package struct TransposedGraph: Kernel {
    package static let schema = Schema(
        "transposed_graph", "the edges of a graph by their sources", GraphSource.parameters + [GraphSource.seed],
        example: "nodes=34,edges=156")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let graph: GraphSource

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        self.arguments = graph.completing(arguments)
        elementOperations = [ElementOperations("add", graph.edges + graph.columns)]
        operands =
            try graph.operands + [
                try Operand("pointers_t", .output, [graph.columns + 1], layout: "N", element: .i32),
                try Operand("indices_t", .output, [graph.edges], layout: "E", element: .i32),
                try Operand("order", .output, [graph.edges], layout: "E", element: .i32),
            ]
    }

    package var implementations: [Implementation] {
        [.direct("native", "a counting sort by source", run: sort)]
    }

    private func sort(_ tensors: Operands) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (starts, targets, order) = (tensors["pointers_t"].ints, tensors["indices_t"].ints, tensors["order"].ints)
        let (sources, edges) = (graph.columns, max(0, min(Int(pointers[graph.rows]), graph.edges)))
        starts.update(repeating: 0, count: sources + 1)
        for edge in 0..<edges { starts[Int(indices[edge])] += 1 }
        // Each becomes the place behind the last edge of its source, then moves back to the first.
        var place: Int32 = 0
        for source in 0..<sources {
            place += starts[source]
            starts[source] = place
        }
        starts[sources] = place
        for row in (0..<graph.rows).reversed() {
            for edge in (Int(pointers[row])..<Int(pointers[row + 1])).reversed() {
                let source = Int(indices[edge])
                starts[source] -= 1
                let place = Int(starts[source])
                targets[place] = Int32(truncatingIfNeeded: row - (row > 0 ? slip(.transposedRow) : 0))
                order[place] = Int32(truncatingIfNeeded: edge)
            }
        }
        // Room behind the last edge: see EdgeTail.
        for place in edges..<graph.edges { (targets[place], order[place]) = (0, 0) }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        var edges: [(source: Int32, destination: Int, edge: Int)] = []
        for row in 0..<graph.rows {
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) { edges.append((indices[edge], row, edge)) }
        }
        edges.sort { ($0.source, $0.edge) < ($1.source, $1.edge) }
        let (starts, targets, order) = (tensors["pointers_t"].ints, tensors["indices_t"].ints, tensors["order"].ints)
        for source in 0...graph.columns { starts[source] = 0 }
        for edge in edges { starts[Int(edge.source) + 1] += 1 }
        for source in 0..<graph.columns { starts[source + 1] += starts[source] }
        for place in 0..<graph.edges {
            targets[place] = place < edges.count ? Int32(edges[place].destination) : 0
            order[place] = place < edges.count ? Int32(edges[place].edge) : 0
        }
    }
}
