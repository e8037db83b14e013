import Mutants
import Tensors
import Threads
import Workloads

/// y = gate a + (1 - gate) b, with one gate for each row: a skip connection whose strength is computed.
package struct GatedAdd: Kernel {
    package static let schema = Schema(
        "gated_add", "two tensors blended row by row, by a gate of each row", Rows.parameters,
        example: "rows=4,features=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    package var overwritable: [String] { ["a", "b"] }
    private let rows: Rows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        let row = [rows.count, rows.features]
        operands = [
            try .input("a", row, layout: "NC"),
            try .input("b", row, layout: "NC"),
            try .input("gate", [rows.count], layout: "N", values: .spread(Spread(around: 0.5, reach: 0.5))),
            try .output("y", row, layout: "NC"),
        ]
        elementOperations = [
            ElementOperations("multiply", 2 * rows.elements), ElementOperations("add", rows.elements),
            ElementOperations("subtract", rows.count),
        ]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "one pass, row by row") { tensors, share in
                let (gate, features) = (tensors["gate"].floats, rows.features)
                let (a, b, y) = (tensors["a"].floats, tensors["b"].floats, tensors["y"].floats)
                for row in share.range(of: rows.count) {
                    let (first, second, target) = (a + row * features, b + row * features, y + row * features)
                    let open = gate[planted(.gatedAddGate) ? 0 : row]
                    let shut = 1 - open
                    for i in 0..<features { target[i] = open * first[i] + shut * second[i] }
                }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (a, b, y) = (tensors["a"].floats, tensors["b"].floats, tensors["y"].floats)
        for row in 0..<rows.count {
            let gate = Double(tensors["gate"].floats[row])
            for i in row * rows.features..<(row + 1) * rows.features {
                y[i] = Float(gate * Double(a[i]) + (1 - gate) * Double(b[i]))
            }
        }
    }
}
