import Foundation
import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// A step of Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015) on the parameters of a tensor:
/// m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, p = p - lr m' / (sqrt(v') + eps), where m' = m / (1 - b1^t) and v' = v / (1 - b2^t) after
/// t steps. Weight decay adds decay p to g. If it is decoupled, p is made smaller by lr decay p first instead: AdamW (Loshchilov and Hutter,
/// "Decoupled weight decay regularization", 2019).
package struct Adam: Kernel {
    package static let schema = Schema(
        "adam", "a step of Adam, or of AdamW, on a tensor of parameters",
        [
            .count("elements", "parameters"),
            Parameter("lr", .real(0...1e6), .value(.real(0.001)), "learning rate"),
            Parameter("beta1", .real(0...1), .value(.real(0.9)), "how much of the mean of gradients stays"),
            Parameter("beta2", .real(0...1), .value(.real(0.999)), "how much of the mean of their squares stays"),
            Parameter("eps", .real(0...1), .value(.real(1e-8)), "added to the divisor"),
            Parameter("weight_decay", .real(0...1e6), .value(.real(0)), "the share of a parameter that is taken away"),
            .flag("decoupled", "takes weight decay from the parameter, not from the gradient: AdamW").asExtra,
        ], example: "elements=100")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let elements: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        elements = arguments.int("elements")
        let decays = arguments.real("weight_decay") != 0
        elementOperations = [
            ElementOperations("multiply", (decays ? 9 : 8) * elements),
            ElementOperations("add", (decays ? 5 : 4) * elements), ElementOperations("divide", elements),
            ElementOperations("sqrt", elements),
        ]
        operands = [
            try .input("gradient", [elements], layout: "C"),
            try Operand("parameter", .state, [elements], layout: "C", values: .input),
            try Operand("exp_avg", .state, [elements], layout: "C", values: .input),
            try Operand("exp_avg_sq", .state, [elements], layout: "C", values: .scale),
            try Operand("step", .state, [1], layout: "1", values: .made),
        ]
    }

    /// What a step multiplies by.
    private struct Factors<Number: BinaryFloatingPoint> {
        let (beta1, beta2, eps, decay, shrink): (Number, Number, Number, Number, Number)
        /// 1 - b1 and 1 - b2, which are small: subtracted before they are rounded.
        let (rest1, rest2): (Number, Number)
        /// lr / (1 - b1^t), and 1 / (1 - b2^t).
        let (rate, variance): (Number, Number)
    }

    private func factors<Number: BinaryFloatingPoint>(step: Double) -> Factors<Number> {
        func real(_ key: String) -> Double { arguments.real(key) }
        let (beta1, beta2, rate, decay) = (real("beta1"), real("beta2"), real("lr"), real("weight_decay"))
        let isDecoupled = arguments.flag("decoupled")
        return Factors(
            beta1: Number(beta1), beta2: Number(beta2), eps: Number(real("eps")),
            decay: Number(isDecoupled ? 0 : decay),
            shrink: Number(isDecoupled ? 1 - rate * decay : 1),
            rest1: Number(1 - beta1), rest2: Number(1 - beta2), rate: Number(rate / (1 - pow(beta1, step))),
            variance: Number(1 / (1 - pow(beta2, step))))
    }

    package var implementations: [Implementation] {
        [
            Implementation("native", "all four tensors in one pass", threading: .any) { tensors, setting, _ in
                let pool = try ThreadPool.shared(setting.threads)
                let step = tensors["step"].floats
                let part: (Share) -> Void = { share in
                    let factors: Factors<Float> = factors(step: Double(step[0]) + 1 - (planted(.adamStep) ? 1 : 0))
                    update(tensors, factors, share.range(of: elements, inBlocksOf: 16))
                }
                return PreparedCall {
                    pool.run(part)
                    step[0] += 1
                }
            }
        ]
    }

    private func update(_ tensors: Operands, _ factors: Factors<Float>, _ part: Range<Int>) {
        let (g, p) = (UnsafePointer(tensors["gradient"].floats), tensors["parameter"].floats)
        let (m, v) = (tensors["exp_avg"].floats, tensors["exp_avg_sq"].floats)
        let (rest1, rest2) = (factors.rest1, factors.rest2)
        let shrink = planted(.adamDecay) ? 1 : factors.shrink
        for i in part {
            let gradient = g[i] + factors.decay * p[i]
            let mean = factors.beta1 * m[i] + rest1 * gradient
            let square = factors.beta2 * v[i] + rest2 * gradient * gradient
            (m[i], v[i]) = (mean, square)
            p[i] =
                shrink * p[i] - factors.rate * mean / ((square * factors.variance).squareRoot() + factors.eps)
        }
    }

    package func reference(_ tensors: Operands) {
        let (g, p) = (tensors["gradient"].floats, tensors["parameter"].floats)
        let (m, v) = (tensors["exp_avg"].floats, tensors["exp_avg_sq"].floats)
        tensors["step"].floats[0] += 1
        let factors: Factors<Double> = factors(step: Double(tensors["step"].floats[0]))
        for i in 0..<elements {
            let gradient = Double(g[i]) + factors.decay * Double(p[i])
            let mean = factors.beta1 * Double(m[i]) + factors.rest1 * gradient
            let square = factors.beta2 * Double(v[i]) + factors.rest2 * gradient * gradient
            (m[i], v[i]) = (Float(mean), Float(square))
            p[i] = Float(
                factors.shrink * Double(p[i])
                    - factors.rate * mean / ((square * factors.variance).squareRoot() + factors.eps))
        }
    }
}
