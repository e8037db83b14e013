import Foundation
import Instructions
import Tensors
import Threads
import Vectors
import Workloads

/// y = e^x / sum of e^x over each row, with the row's maximum subtracted from x first.
package struct Softmax: Kernel {
    package static let schema = Schema(
        "softmax", "softmax of each row",
        Rows.parameters, example: "rows=4,features=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let rows: Rows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        operands = try rows.operands(weights: [], spreads: .scores)
        let elements = rows.elements
        elementOperations = ["compare", "subtract", "exp", "add", "divide"].map { ElementOperations($0, elements) }
    }

    package var reductionLength: Int { rows.features }

    package var implementations: [Implementation] {
        [
            .divided("native", "row by row in the nearest cache, vectors of exponentials") { [rows] tensors, share in
                let part = share.range(of: rows.count)
                let first = part.lowerBound * rows.features
                microkernels.softmax(
                    rows: part.count, features: rows.features, tensors["x"].floats + first,
                    into: tensors["y"].floats + first)
            },
            .direct("plain", "row by row: maximum, exponentials, their sum, division") { [rows] tensors in
                rows.forEach(tensors) { source, target in softmaxRow(source, into: target, count: rows.features) }
            },
        ]
    }

    package func reference(_ tensors: Operands) {
        let features = rows.features
        var powers = [Double](repeating: 0, count: features)
        rows.forEach(tensors) { source, target in
            var (largest, total) = (-Double.infinity, 0.0)
            for i in 0..<features { largest = max(largest, Double(source[i])) }
            for i in 0..<features {
                powers[i] = exp(Double(source[i]) - largest)
                total += powers[i]
            }
            for i in 0..<features { target[i] = Float(powers[i] / total) }
        }
    }
}
