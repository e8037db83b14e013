import Foundation
import Instructions
import Mutants
import Tensors
import Vectors
import Workloads

/// A step of a gated recurrent unit behind its two products (Cho et al., "Learning phrase representations using RNN
/// encoder-decoder", 2014, with the reset gate behind the product, as in PyTorch): with r = sigmoid(x_r + g_r),
/// z = sigmoid(x_z + g_z) and n = tanh(x_n + r g_n), y = (1 - z) n + z h.
///
/// x is the product with the input and g the one with the hidden state h, both with their biases. Their rows hold r, z and
/// n side by side.
package struct GRUGates: Kernel {
    package static let schema = Schema(
        "gru_gates", "the gates of a GRU behind its products: the next hidden state", Rows.parameters,
        example: "rows=4,features=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    package var overwritable: [String] { ["h"] }
    private let rows: Rows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        let gates = [rows.count, 3 * rows.features]
        operands = [
            try .input("x", gates, layout: "NC", values: .gates),
            try .input("g", gates, layout: "NC", values: .gates),
            try .input("h", [rows.count, rows.features], layout: "NC"),
            try .output("y", [rows.count, rows.features], layout: "NC"),
        ]
        elementOperations = [
            ("add", 6), ("exp", 2), ("divide", 2), ("tanh", 1), ("multiply", 3), ("subtract", 1),
        ].map { [rows] kind, count in ElementOperations(kind, count * rows.elements) }
    }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] { rows.gateSums(in: tensors) }

    package var implementations: [Implementation] { [rows.gates(buffers: 4, step: step)] }

    /// - Parameter gates: for each row of the part 2f floats, and behind them f for each, twice.
    @Sendable
    private func step(_ tensors: Operands, _ part: Range<Int>, gates: UnsafeMutablePointer<Float>) {
        let features = rows.features
        let x = UnsafePointer(tensors["x"].floats) + part.lowerBound * 3 * features
        let g = UnsafePointer(tensors["g"].floats) + part.lowerBound * 3 * features
        let h = UnsafePointer(tensors["h"].floats) + part.lowerBound * features
        let y = tensors["y"].floats + part.lowerBound * features
        let doubled = gates + part.count * 2 * features
        let logistic = doubled + part.count * features
        for row in 0..<part.count {
            microkernels.add(
                count: 2 * features, x + row * 3 * features, g + row * 3 * features, into: gates + row * 2 * features)
        }
        microkernels.apply(.sigmoid, count: part.count * 2 * features, gates, into: gates)
        for row in 0..<part.count {
            let (xn, gn) = (x + (row * 3 + 2) * features, g + (row * 3 + 2) * features)
            let (reset, target) = (gates + row * 2 * features, doubled + row * features)
            for i in 0..<features { target[i] = 2 * (xn[i] + (planted(.gruReset) ? 1 : reset[i]) * gn[i]) }
        }
        microkernels.apply(.sigmoid, count: part.count * features, doubled, into: logistic)
        hyperbolicTangents(ofHalf: doubled, from: logistic, count: part.count * features)
        for row in 0..<part.count {
            let update = gates + (row * 2 + 1 - slip(.gruUpdate)) * features
            let (new, old, target) = (logistic + row * features, h + row * features, y + row * features)
            for i in 0..<features { target[i] = (1 - update[i]) * new[i] + update[i] * old[i] }
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, g) = (tensors["x"].floats, tensors["g"].floats)
        let (h, y, features) = (tensors["h"].floats, tensors["y"].floats, rows.features)
        for row in 0..<rows.count {
            for i in 0..<features {
                func gate(_ number: Int) -> (x: Double, g: Double) {
                    let place = (row * 3 + number) * features + i
                    return (Double(x[place]), Double(g[place]))
                }
                let (reset, update, new) = (gate(0), gate(1), gate(2))
                let r = ElementFunction.sigmoid.exact(reset.x + reset.g)
                let z = ElementFunction.sigmoid.exact(update.x + update.g)
                let n = tanh(new.x + r * new.g)
                y[row * features + i] = Float((1 - z) * n + z * Double(h[row * features + i]))
            }
        }
    }
}
