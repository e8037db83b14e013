import Foundation
import Mutants
import Tensors
import Threads
import Vectors
import Workloads

/// dx = dy f'(x), element by element. The derivative of relu is read off its output, which a network keeps anyway: it is 1 where y is
/// positive.
package struct ActivationBackward: Kernel {
    package static let schema = Schema(
        "activation_backward", "gradient of an elementwise nonlinearity",
        [
            .choice("function", ActivationFunction.allCases.map(\.rawValue), "which"),
            .count("elements", "elements of the input"),
        ], example: "elements=100")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    package var overwritable: [String] { ["dy"] }
    let function: ActivationFunction

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let (word, elements) = (arguments.word("function"), arguments.int("elements"))
        let function = ActivationFunction.allCases.first { $0.rawValue == word } ?? .relu
        self.function = function
        operands = [
            try .input(function.keepsOutput ? "y" : "x", [elements], layout: "C", values: function.inputs),
            try .input("dy", [elements], layout: "C"),
            try .output("dx", [elements], layout: "C"),
        ]
        let own = function.derivativeOperations.map { ElementOperations($0.kind, $0.count * elements) }
        elementOperations = (own + (function == .relu ? [] : [ElementOperations("multiply", elements)])).merged
    }

    /// A derivative near its zero is a difference of numbers that are about as large as dy.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        [Sums(elements: output.shape.count, length: 1, scale: tensors["dy"].rootMeanSquare)]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "one loop, which the compiler makes vectors of") { [function] tensors, share in
                let kept = tensors[function.keepsOutput ? "y" : "x"]
                let part = share.range(of: kept.count, inBlocksOf: 16)
                let first = part.lowerBound
                function.applyDerivative(
                    UnsafePointer(kept.floats) + first, UnsafePointer(tensors["dy"].floats) + first,
                    into: tensors["dx"].floats + first, count: part.count - (first > 0 ? 0 : slip(.derivativeEnd)))
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (kept, dy, dx) = (
            tensors[function.keepsOutput ? "y" : "x"].floats, tensors["dy"].floats, tensors["dx"].floats
        )
        for i in 0..<tensors["dx"].count {
            let slope = function.exactDerivative(Double(kept[i]))
            // Where a function is flat nothing comes through, infinity neither.
            dx[i] = slope == 0 && function.isFlatInPlaces ? 0 : Float(Double(dy[i]) * slope)
        }
    }
}

extension ElementFunction {
    /// Whether the derivative is read off the output and not the input.
    var keepsOutput: Bool { self == .relu }

    /// Whether it is constant beyond its knees.
    fileprivate var isFlatInPlaces: Bool { [.relu, .relu6, .hardsigmoid, .hardswish].contains(self) }

    /// The operations per element of `exactDerivative`.
    fileprivate var derivativeOperations: [(kind: String, count: Int)] {
        switch self {
        case .relu: [("compare", 1)]
        case .relu6, .hardsigmoid: [("compare", 2)]
        case .gelu: [("erf", 1), ("exp", 1), ("multiply", 6), ("add", 2)]
        case .geluTanh: [("tanh", 1), ("multiply", 11), ("add", 4)]
        case .silu: [("exp", 1), ("divide", 1), ("multiply", 2), ("add", 3)]
        case .hardswish: [("compare", 2), ("multiply", 1), ("add", 1), ("divide", 1)]
        case .sigmoid: [("exp", 1), ("divide", 1), ("add", 2), ("multiply", 1)]
        case .tanh: [("tanh", 1), ("multiply", 1), ("subtract", 1)]
        case .elu: [("compare", 1), ("exp", 1)]
        }
    }

    /// The derivative in `Double`, given the input, or the output if `keepsOutput`. At a knee it is that of the side away from 0, and of
    /// relu at 0 it is 0. It is NaN where the input is.
    func exactDerivative(_ x: Double) -> Double {
        if x.isNaN { return x }
        switch self {
        case .relu: return x > 0 ? 1 : 0
        case .relu6: return x > 0 && x < 6 ? 1 : 0
        case .gelu:
            return 0.5 * (1 + erf(x * 0.5.squareRoot())) + x * exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
        case .geluTanh:
            let root = (2 / Double.pi).squareRoot()
            let bend = Foundation.tanh(root * x * (1 + 0.044715 * x * x))
            return 0.5 * (1 + bend) + 0.5 * x * (1 - bend * bend) * root * (1 + 3 * 0.044715 * x * x)
        case .silu:
            let share = 1 / (1 + exp(-x))
            return share * (1 + x * (1 - share))
        case .hardswish: return x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1
        case .hardsigmoid: return x > -3 && x < 3 ? 1.0 / 6 : 0
        case .sigmoid:
            let share = 1 / (1 + exp(-x))
            return share * (1 - share)
        case .tanh:
            let y = Foundation.tanh(x)
            return 1 - y * y
        case .elu: return x > 0 ? 1 : exp(x)
        }
    }

    /// dx = dy times the derivative. Each function has its own loop, so that it becomes vector instructions.
    fileprivate func applyDerivative(
        _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dx: UnsafeMutablePointer<Float>, count: Int
    ) {
        @inline(__always) func share(_ x: Float) -> Float { 1 / (1 + exponential(-x)) }
        let half = Float(0.5).squareRoot()
        switch self {
        case .relu: for i in 0..<count { dx[i] = x[i] > 0 ? dy[i] : x[i] <= 0 ? 0 : x[i] }
        case .relu6: for i in 0..<count { dx[i] = x[i] > 0 && x[i] < 6 ? dy[i] : x[i] == x[i] ? 0 : x[i] }
        case .gelu:
            let density = 1 / (2 * Float.pi).squareRoot()
            for i in 0..<count {
                let slope = 0.5 * (1 + errorFunction(x[i] * half)) + x[i] * density * exponential(-0.5 * x[i] * x[i])
                dx[i] = dy[i] * slope
            }
        case .geluTanh:
            let root = (2 / Float.pi).squareRoot()
            for i in 0..<count {
                // 1 - tanh(z)^2 as 4 s (1 - s), where s = (1 + tanh(z)) / 2: no digits are lost.
                let s = share(2 * root * x[i] * (1 + 0.044715 * x[i] * x[i]))
                dx[i] = dy[i] * (s + 2 * x[i] * s * (1 - s) * root * (1 + 3 * 0.044715 * x[i] * x[i]))
            }
        case .silu:
            for i in 0..<count {
                let s = share(x[i])
                dx[i] = dy[i] * (s * (1 + x[i] * (1 - s)))
            }
        case .hardswish:
            for i in 0..<count {
                dx[i] = x[i] <= -3 ? 0 : x[i] < 3 ? dy[i] * (x[i] / 3 + 0.5) : x[i] == x[i] ? dy[i] : x[i]
            }
        case .hardsigmoid:
            for i in 0..<count { dx[i] = x[i] > -3 && x[i] < 3 ? dy[i] / 6 : x[i] == x[i] ? 0 : x[i] }
        case .sigmoid: for i in 0..<count { dx[i] = dy[i] * share(x[i]) * share(-x[i]) }
        case .tanh: for i in 0..<count { dx[i] = dy[i] * 4 * share(2 * x[i]) * share(-2 * x[i]) }
        case .elu: for i in 0..<count { dx[i] = x[i] > 0 ? dy[i] : dy[i] * exponential(x[i]) }
        }
    }
}

extension Activation: Differentiable {
    package func backward(to wanted: Set<String>) throws(ShapeError) -> Backward {
        var backward = Backward()
        let kept = function.keepsOutput ? "y" : "x"
        let step = backward.add(
            "by_x",
            try ActivationBackward.kind.workload([
                ("function", function.rawValue), ("elements", arguments.int("elements")),
            ]), [kept: .operand(kept), "dy": .gradient(of: "y")])
        backward.gradients["x"] = step["dx"]
        return backward
    }
}
