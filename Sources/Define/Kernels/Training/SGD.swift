import Mutants
import Tensors
import Threads
import Workloads

/// A step of stochastic gradient descent on the parameters of a tensor: b = momentum b + g + decay p, p = p - lr b. Without momentum
/// there is no b: p = p - lr (g + decay p).
package struct SGD: Kernel {
    package static let schema = Schema(
        "sgd", "a step of gradient descent on a tensor of parameters",
        [
            .count("elements", "parameters"),
            Parameter("lr", .real(0...1e6), .value(.real(0.001)), "learning rate"),
            Parameter("momentum", .real(0...1), .value(.real(0)), "how much of the last step stays"),
            Parameter("weight_decay", .real(0...1e6), .value(.real(0)), "the share of a parameter that is taken away"),
        ], example: "elements=100,momentum=0.9")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let elements: Int
    private let rate: Double
    private let momentum: Double
    private let decay: Double

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        elements = arguments.int("elements")
        rate = arguments.real("lr")
        momentum = arguments.real("momentum")
        decay = arguments.real("weight_decay")
        let terms = 1 + (momentum != 0 ? 1 : 0) + (decay != 0 ? 1 : 0)
        elementOperations = [
            ElementOperations("multiply", terms * elements), ElementOperations("add", terms * elements),
        ]
        operands =
            try [
                .input("gradient", [elements], layout: "C"),
                Operand("parameter", .state, [elements], layout: "C", values: .input),
            ]
            + (momentum != 0 ? [Operand("momentum_buffer", .state, [elements], layout: "C", values: .input)] : [])
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "all tensors in one pass") { tensors, share in
                let (g, p) = (UnsafePointer(tensors["gradient"].floats), tensors["parameter"].floats)
                let (rate, momentum, decay) = (Float(rate), Float(momentum), Float(planted(.sgdDecay) ? 0 : decay))
                let part = share.range(of: elements, inBlocksOf: 16)
                guard let b = tensors.optional("momentum_buffer")?.floats else {
                    for i in part { p[i] -= rate * (g[i] + decay * p[i]) }
                    return
                }
                for i in part {
                    b[i] = momentum * b[i] + (g[i] + decay * p[i])
                    p[i] -= rate * b[i]
                }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (g, p, b) = (
            tensors["gradient"].floats, tensors["parameter"].floats, tensors.optional("momentum_buffer")?.floats
        )
        for i in 0..<elements {
            var step = Double(g[i]) + decay * Double(p[i])
            if let b {
                step += momentum * Double(b[i])
                b[i] = Float(step)
            }
            p[i] = Float(Double(p[i]) - rate * step)
        }
    }
}
