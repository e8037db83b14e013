import Instructions
import Mutants
import Tensors
import Threads
import Vectors
import Workloads

/// A score of each head of each row, its dot product with a learned vector: y[n, i] = the sum over c of
/// x[n, i, c] weight[i, c]. What graph attention makes of its nodes (Veličković et al., "Graph attention networks", 2018).
package struct HeadScores: Kernel {
    package static let schema = Schema(
        "head_scores", "dot product of each head of a row with a learned vector", HeadRows.parameters,
        example: "rows=7,h=4,d=6")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations] = []
    private let rows: HeadRows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try HeadRows(arguments)
        guard rows.count <= Int(Int32.max) else {
            throw ShapeError("more rows than 32 bits count", parameter: "rows", remedy: "use fewer")
        }
        operands = [
            try rows.input(),
            try .weight("weight", [rows.heads, rows.width], layout: "HC", fanIn: rows.width),
            try .output("y", [rows.count, rows.heads], layout: "NH"),
        ]
        macs = rows.elements
    }

    package var reductionLength: Int { rows.width }

    /// The terms of a sum may cancel: its error is that of its terms.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let term = tensors["x"].rootMeanSquare * tensors["weight"].rootMeanSquare
        return [
            Sums(elements: output.shape.count, length: rows.width, scale: term * Double(rows.width).squareRoot())
        ]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "row by row and head by head, the vectors in the nearest cache") { tensors, share in
                let mine = share.range(of: rows.count)
                let features = rows.heads * rows.width
                let x = UnsafePointer(tensors["x"].floats) + mine.lowerBound * features
                let weight = UnsafePointer(tensors["weight"].floats)
                let y = tensors["y"].floats + mine.lowerBound * rows.heads
                if rows.width < microkernels.lanes {
                    narrow(x, weight, count: mine.count, into: y)
                } else {
                    wide(x, weight, count: mine.count, into: y)
                }
            }
        ]
    }

    /// As edges that all lead to one node, with the learned vectors for its row.
    private func wide(
        _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>
    ) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { ends in
            guard let pointers = ends.baseAddress else { return }
            pointers[0] = 0
            pointers[1] = Int32(count)
            microkernels.combineEdges(
                EdgeTerms(
                    .dot, .edge, .destination, rows: 1, pointers: pointers, indices: pointers,
                    features: rows.heads * rows.width, heads: rows.heads, u: x, sources: 0, v: weight, e: x, y: y))
        }
    }

    /// For heads shorter than a vector.
    private func narrow(
        _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>
    ) {
        let (heads, width) = (rows.heads, rows.width)
        for row in 0..<count {
            for head in 0..<heads {
                let (source, factors) = (
                    x + (row * heads + head) * width, weight + (planted(.headScoresHead) ? 0 : head) * width
                )
                var sum: Float = 0
                for i in 0..<width { sum += source[i] * factors[i] }
                y[row * heads + head] = sum
            }
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, weight, y) = (tensors["x"].floats, tensors["weight"].floats, tensors["y"].floats)
        for row in 0..<rows.count {
            for head in 0..<rows.heads {
                let first = (row * rows.heads + head) * rows.width
                var sum = 0.0
                for i in 0..<rows.width { sum += Double(x[first + i]) * Double(weight[head * rows.width + i]) }
                y[row * rows.heads + head] = Float(sum)
            }
        }
    }
}
