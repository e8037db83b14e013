import Foundation
import Mutants
import Tensors
import Vectors

typealias ActivationFunction = ElementFunction

extension ElementFunction {
    /// The operations per element, as in the formulas of `exact`.
    var operations: [(kind: String, count: Int)] {
        switch self {
        case .relu: [("compare", 1)]
        case .relu6: [("compare", 2)]
        case .gelu: [("erf", 1), ("multiply", 3), ("add", 1)]
        case .geluTanh: [("tanh", 1), ("multiply", 6), ("add", 2)]
        case .silu: [("exp", 1), ("add", 1), ("divide", 1)]
        case .hardswish: [("compare", 2), ("add", 1), ("multiply", 1), ("divide", 1)]
        case .hardsigmoid: [("compare", 2), ("add", 1), ("divide", 1)]
        case .sigmoid: [("exp", 1), ("add", 1), ("divide", 1)]
        case .tanh: [("tanh", 1)]
        case .elu: [("compare", 1), ("exp", 1), ("subtract", 1)]
        }
    }

    /// Inputs that cover the whole function: its knees and beyond.
    var inputs: Values { self == .relu ? .input : .spread(Spread(reach: 8)) }

    /// The maximum slope, rounded up: how much of an error of x reaches f(x).
    var steepness: Double {
        switch self {
        case .relu, .relu6, .tanh, .elu: 1
        case .gelu, .geluTanh, .silu: 1.2
        case .hardswish: 1.5
        case .hardsigmoid, .sigmoid: 0.25
        }
    }

    /// The exact value in `Double`, from the definition.
    func exact(_ x: Double) -> Double {
        switch self {
        case .relu: x < 0 ? 0 : x
        case .relu6: x < 0 ? 0 : x > 6 ? 6 : x
        case .gelu: 0.5 * x * (1 + erf(x * 0.5.squareRoot()))
        case .geluTanh: 0.5 * x * (1 + Foundation.tanh((2 / Double.pi).squareRoot() * x * (1 + 0.044715 * x * x)))
        case .silu: x / (1 + exp(-x))
        case .hardswish: x * ((x < -3 ? 0 : x > 3 ? 6 : x + 3) / 6)
        case .hardsigmoid: (x < -3 ? 0 : x > 3 ? 6 : x + 3) / 6
        case .sigmoid: 1 / (1 + exp(-x))
        case .tanh: Foundation.tanh(x)
        case .elu: x > 0 ? x : expm1(x)
        }
    }

    /// Applies the function to each element. Each function has its own loop, so that it becomes vector instructions.
    func apply(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
        let (root, slope) = (Float(0.5).squareRoot(), 2 * (2 / Float.pi).squareRoot())
        switch self {
        case .relu: for i in 0..<count { y[i] = x[i] < 0 ? 0 : x[i] }
        case .relu6: for i in 0..<count { y[i] = clamp(x[i], to: planted(.plainRelu6) ? .infinity : 6) }
        case .gelu: for i in 0..<count { y[i] = 0.5 * x[i] * (1 + errorFunction(x[i] * root)) }
        case .geluTanh: for i in 0..<count { y[i] = x[i] * logistic(slope * x[i] * (1 + 0.044715 * x[i] * x[i])) }
        case .silu: for i in 0..<count { y[i] = x[i] * logistic(x[i]) }
        case .hardswish: for i in 0..<count { y[i] = x[i] * (clamp(x[i] + 3, to: 6) / 6) }
        case .hardsigmoid: for i in 0..<count { y[i] = clamp(x[i] + 3, to: 6) / 6 }
        case .sigmoid: for i in 0..<count { y[i] = logistic(x[i]) }
        case .tanh: for i in 0..<count { y[i] = 2 * logistic(2 * x[i]) - 1 }
        case .elu: for i in 0..<count { y[i] = x[i] > 0 ? x[i] : exponential(x[i]) - 1 }
        }
    }
}

/// x clamped to 0 ... limit; NaN stays NaN.
@inline(__always)
private func clamp(_ x: Float, to limit: Float) -> Float { x < 0 ? 0 : x > limit ? limit : x }

/// 1 / (1 + e^-x), which is also (1 + tanh(x / 2)) / 2.
@inline(__always)
private func logistic(_ x: Float) -> Float { 1 / (1 + exponential(-x)) }
