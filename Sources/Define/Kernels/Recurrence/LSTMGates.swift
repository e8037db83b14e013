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
        let buffer = workspace.perThread(6 * rowsAtATime * rows.features)
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

    /// - Parameter gates: for each row of the part 4f floats, and behind them f for each, twice.
    private func step(_ tensors: Operands, _ part: Range<Int>, gates: UnsafeMutablePointer<Float>) {
        let features = rows.features
        let (first, count) = (part.lowerBound * features, part.count * features)
        let (c, h, next) = (tensors["c"].floats + first, tensors["h"].floats + first, tensors["c_next"].floats + first)
        let (doubled, logistic) = (gates + 4 * count, gates + 5 * count)
        microkernels.add(
            count: 4 * count, tensors["x"].floats + 4 * first, tensors["g"].floats + 4 * first, into: gates)
        for row in 0..<part.count {
            let (input, target) = (gates + (row * 4 + 2) * features, doubled + row * features)
            for i in 0..<features { target[i] = 2 * input[i] }
            input.update(from: target, count: features)
        }
        microkernels.apply(.sigmoid, count: 4 * count, gates, into: gates)
        for row in 0..<part.count {
            let (place, input) = (row * features, gates + row * 4 * features)
            let (forget, new) = (input + (1 - slip(.lstmForget)) * features, input + 2 * features)
            hyperbolicTangents(ofHalf: doubled + place, from: new, count: features)
            let (old, target) = (c + place, next + place)
            for i in 0..<features { target[i] = forget[i] * old[i] + input[i] * new[i] }
        }
        for i in 0..<count { doubled[i] = 2 * next[i] }
        microkernels.apply(.sigmoid, count: count, doubled, into: logistic)
        hyperbolicTangents(ofHalf: doubled, from: logistic, count: count)
        for row in 0..<part.count {
            let (output, place) = (gates + (row * 4 + 3) * features, row * features)
            let (cell, target) = ((planted(.lstmCell) ? next : logistic) + place, h + place)
            for i in 0..<features { target[i] = output[i] * cell[i] }
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
