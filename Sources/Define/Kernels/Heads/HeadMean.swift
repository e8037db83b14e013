import Mutants
import Tensors
import Threads
import Workloads

/// The mean of the heads of each row: y[n, c] = the sum over heads i of x[n, i, c] / heads.
package struct HeadMean: Kernel {
    package static let schema = Schema(
        "head_mean", "mean over the heads of each row", HeadRows.parameters, example: "rows=7,h=4,d=6")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    private let rows: HeadRows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try HeadRows(arguments)
        operands = [try rows.input(), try .output("y", [rows.count, rows.width], layout: "NC")]
        elementOperations = [
            ElementOperations("add", rows.elements), ElementOperations("divide", rows.count * rows.width),
        ]
    }

    package var reductionLength: Int { rows.heads }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        [.average(elements: output.shape.count, length: rows.heads)]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "head after head added to a row of the result") { tensors, share in
                let (heads, width) = (rows.heads, rows.width)
                let factor = 1 / Float(heads)
                let (x, y) = (tensors["x"].floats, tensors["y"].floats)
                for row in share.range(of: rows.count) {
                    let (source, target) = (x + row * heads * width, y + row * width)
                    target.update(from: source, count: width)
                    for head in 1..<max(1, heads - slip(.headMeanLast)) {
                        let next = source + head * width
                        for i in 0..<width { target[i] += next[i] }
                    }
                    for i in 0..<width { target[i] *= factor }
                }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        for row in 0..<rows.count {
            for i in 0..<rows.width {
                var sum = 0.0
                for head in 0..<rows.heads { sum += Double(x[(row * rows.heads + head) * rows.width + i]) }
                y[row * rows.width + i] = Float(sum / Double(rows.heads))
            }
        }
    }
}
