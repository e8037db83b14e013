import Foundation
import Instructions
import Tensors
import Vectors
import Workloads

/// A step of a long short-term memory behind its two products (Hochreiter and Schmidhuber, "Long short-term memory", 1997,
/// with the forget gate of Gers et al., 2000): with z = x + g, c_next = sigmoid(z_f) c + sigmoid(z_i) tanh(z_g) and
/// h = sigmoid(z_o) tanh(c_next).
///
/// x is the product with the input and g the one with the hidden state, both with their biases. Their rows hold i, f, g
/// and o side by side, as in PyTorch.
package struct LSTMGates: Kernel {
    package static let schema = Schema(
        "lstm_gates", "the gates of an LSTM behind its products: the next hidden state and cell", Rows.parameters,
        example: "rows=4,features=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let rows: Rows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        let (gates, row) = ([rows.count, 4 * rows.features], [rows.count, rows.features])
        operands = [
            try .input("x", gates, layout: "NC", values: .gates),
            try .input("g", gates, layout: "NC", values: .gates),
            try .input("c", row, layout: "NC"),
            try .output("h", row, layout: "NC"),
            try .output("c_next", row, layout: "NC"),
        ]
        elementOperations = [("add", 8), ("exp", 3), ("divide", 3), ("tanh", 2), ("multiply", 3)]
            .map { [rows] kind, count in ElementOperations(kind, count * rows.elements) }
    }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] { rows.gateSums(in: tensors) }

    package var implementations: [Implementation] { [rows.gates(buffers: 6, step: step)] }

    /// - Parameter gates: for each row of the part 4f floats, and behind them f for each, twice.
    @Sendable
    private func step(_ tensors: Operands, _ part: Range<Int>, gates: UnsafeMutablePointer<Float>) {
        let features = rows.features
        let (first, count) = (part.lowerBound * features, part.count * features)
        let (c, h, next) = (tensors["c"].floats + first, tensors["h"].floats + first, tensors["c_next"].floats + first)
        microkernels.add(
            count: 4 * count, tensors["x"].floats + 4 * first, tensors["g"].floats + 4 * first, into: gates)
        LSTMStep(rows: part.count, features: features, gates: gates, memory: gates + 4 * count).advance(
            c, h: h, next: next)
    }

    package func reference(_ tensors: Operands) {
        let (x, g, c) = (tensors["x"].floats, tensors["g"].floats, tensors["c"].floats)
        let (h, next, features) = (tensors["h"].floats, tensors["c_next"].floats, rows.features)
        for row in 0..<rows.count {
            for i in 0..<features {
                func gate(_ number: Int) -> Double {
                    let place = (row * 4 + number) * features + i
                    return Double(x[place]) + Double(g[place])
                }
                func sigmoid(_ x: Double) -> Double { ElementFunction.sigmoid.exact(x) }
                let place = row * features + i
                let cell = sigmoid(gate(1)) * Double(c[place]) + sigmoid(gate(0)) * tanh(gate(2))
                next[place] = Float(cell)
                h[place] = Float(sigmoid(gate(3)) * tanh(cell))
            }
        }
    }
}
