import Foundation
import Instructions
import Mutants
import Settings
import Tensors
import Threads
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

    /// An error of x + g reaches the outputs, however small tanh and c are. tanh is never larger than 1.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let terms = tensors["x"].rootMeanSquare + tensors["g"].rootMeanSquare
        return [Sums(elements: rows.elements, length: 1, scale: min(1, terms))]
    }

    /// Rows whose gates are computed at a time, so that a call of a microkernel has some hundred elements.
    private var rowsAtATime: Int { max(1, min(rows.count, 256 / rows.features)) }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let buffer = workspace.perThread(5 * rowsAtATime * rows.features)
        return [
            Implementation(
                "native", "some rows at a time, sigmoids in vectors", threading: .any, workspace: workspace
            ) { tensors, setting, memory in
                PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                    let mine = share.range(of: rows.count)
                    for first in stride(from: mine.lowerBound, to: mine.upperBound, by: rowsAtATime) {
                        step(
                            tensors, first..<min(first + rowsAtATime, mine.upperBound),
                            gates: memory[buffer, share.index])
                    }
                }
            }
        ]
    }

    /// - Parameter gates: for each row of the part 4f floats, and behind them f for each.
    private func step(_ tensors: Operands, _ part: Range<Int>, gates: UnsafeMutablePointer<Float>) {
        let features = rows.features
        let x = UnsafePointer(tensors["x"].floats) + part.lowerBound * 4 * features
        let g = UnsafePointer(tensors["g"].floats) + part.lowerBound * 4 * features
        let c = UnsafePointer(tensors["c"].floats) + part.lowerBound * features
        let h = tensors["h"].floats + part.lowerBound * features
        let next = tensors["c_next"].floats + part.lowerBound * features
        let doubled = gates + part.count * 4 * features
        microkernels.add(count: part.count * 4 * features, x, g, into: gates)
        for row in 0..<part.count {
            let input = gates + (row * 4 + 2) * features
            for i in 0..<features { input[i] *= 2 }
        }
        microkernels.apply(.sigmoid, count: part.count * 4 * features, gates, into: gates)
        for row in 0..<part.count {
            let (first, place) = (row * features, (row * 4 + 2) * features)
            let input = gates + row * 4 * features
            let (forget, logistic) = (input + (1 - slip(.lstmForget)) * features, input + 2 * features)
            for i in 0..<features {
                let new = hyperbolicTangent(x[place + i] + g[place + i], logistic: logistic[i])
                next[first + i] = forget[i] * c[first + i] + input[i] * new
                doubled[first + i] = 2 * next[first + i]
            }
        }
        microkernels.apply(.sigmoid, count: part.count * features, doubled, into: doubled)
        for row in 0..<part.count {
            let (output, first) = (gates + (row * 4 + 3) * features, row * features)
            for i in 0..<features {
                h[first + i] =
                    output[i]
                    * (planted(.lstmCell)
                        ? next[first + i] : hyperbolicTangent(next[first + i], logistic: doubled[first + i]))
            }
        }
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
