import Foundation
import Tensors
import Workloads

/// y = e^x / sum of e^x over each row, the row's maximum taken from x first.
package struct Softmax: Workload {
    package static let schema = Schema(
        "softmax", "softmax of each row",
        [
            .count("rows", "rows"),
            .count("f", as: "features", "elements of a row"),
        ], example: "rows=4,features=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let rows: Int
    let features: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        (rows, features) = (arguments.int("rows"), arguments.int("f"))
        operands = [
            try .input("x", [rows, features], layout: "NC"),
            try .output("y", [rows, features], layout: "NC"),
        ]
        let elements = try product(rows, features)
        elementOperations = ["compare", "subtract", "exp", "add", "divide"].map { ElementOperations($0, elements) }
    }

    package var reductionLength: Int { features }

    package var implementations: [Implementation] {
        [
            .direct("plain", "row by row: maximum, exponentials, their sum, division") { [rows, features] tensors in
                let (x, y) = (tensors["x"].floats, tensors["y"].floats)
                for row in 0..<rows { softmaxRow(x + row * features, into: y + row * features, count: features) }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        var powers = [Double](repeating: 0, count: features)
        for row in 0..<rows {
            let (source, target) = (x + row * features, y + row * features)
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
