import Foundation
import Instructions
import Tensors
import Threads
import Vectors
import Workloads

/// y[e] = e^x[e] / the sum of e^x over the edges that lead to the same node, per head, with their maximum subtracted
/// first: the weights of attention on a graph. Edges are in the order of their destinations.
package struct EdgeSoftmax: Kernel {
    package static let schema = Schema(
        "edge_softmax", "softmax over the edges that lead to each node, head by head",
        GraphSource.parameters + [
            .count("h", as: "heads", default: 1, "scores of an edge, each with a softmax of its own"),
            GraphSource.seed,
        ], example: "nodes=34,edges=156,h=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let heads: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        heads = arguments.int("h")
        self.arguments = graph.completing(arguments)
        let scores = try product(graph.edges, heads)
        elementOperations = ["compare", "subtract", "exp", "add", "divide"].map { ElementOperations($0, scores) }
        operands = [
            try .indices("pointers", graph.rows + 1, layout: "N"),
            try .input("x", [graph.edges, heads], layout: "EH", values: .spread(Spread(reach: 8))),
            try .output("y", [graph.edges, heads], layout: "EH"),
        ]
    }

    package var reductionLength: Int { max(1, graph.longestRow) }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let pointers = tensors["pointers"].ints
        return (0..<graph.rows).map { row in
            let edges = Int(pointers[row + 1] - pointers[row])
            return Sums(elements: edges * heads, length: edges)
        }
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "exponentials over blocks of rows, whatever the rows' lengths") { tensors, share in
                let pointers = UnsafePointer(tensors["pointers"].ints)
                let rows = share.rows(of: pointers, count: graph.rows)
                microkernels.softmaxEdges(
                    EdgeScores(
                        rows: rows.count, pointers: pointers + rows.lowerBound, heads: heads, x: tensors["x"].floats,
                        y: tensors["y"].floats))
            },
            .direct("plain", "row by row and head by head: maximum, exponentials, their sum, division", run: plain),
        ]
    }

    private func plain(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        forEachSoftmax(tensors) { scores in
            var (largest, total) = (-Float.infinity, Float(0))
            for i in scores { largest = x[i] > largest ? x[i] : largest }
            for i in scores {
                y[i] = exponential(x[i] - largest)
                total += y[i]
            }
            let factor = 1 / total
            for i in scores { y[i] *= factor }
        }
    }

    /// The scores of each node are around a centre of its own, like the rows of a softmax.
    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
        let (x, pointers, spreads) = (tensors["x"].floats, tensors["pointers"].ints, [Spread].scores)
        for row in 0..<graph.rows {
            for i in Int(pointers[row]) * heads..<Int(pointers[row + 1]) * heads {
                x[i] += spreads[row % spreads.count].centre
            }
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        forEachSoftmax(tensors) { scores in
            var (largest, total) = (-Double.infinity, 0.0)
            for i in scores { largest = max(largest, Double(x[i])) }
            for i in scores { total += exp(Double(x[i]) - largest) }
            for i in scores { y[i] = Float(exp(Double(x[i]) - largest) / total) }
        }
    }

    /// Calls the body with the places of the scores for each node and head.
    @inline(__always)
    private func forEachSoftmax(_ tensors: Operands, _ body: (_ scores: StrideTo<Int>) -> Void) {
        let pointers = tensors["pointers"].ints
        for row in 0..<graph.rows {
            let (start, end) = (Int(pointers[row]) * heads, Int(pointers[row + 1]) * heads)
            for head in 0..<heads { body(stride(from: start + head, to: end, by: heads)) }
        }
    }
}
