import Mutants
import Tensors
import Threads
import Workloads

/// y = factor * x, element by element.
package struct Scale: Kernel {
    package static let schema = Schema(
        "scale", "a tensor times a number",
        [
            .count("elements", "elements of the input"),
            Parameter("factor", .real(-1e6...1e6), .required, "the number"),
        ], example: "elements=100,factor=0.5")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    package var overwritable: [String] { ["x"] }
    private let factor: Double

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        factor = arguments.real("factor")
        let elements = arguments.int("elements")
        operands = [try .input("x", [elements], layout: "C"), try .output("y", [elements], layout: "C")]
        elementOperations = [ElementOperations("multiply", elements)]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "vectors of elements") { tensors, share in
                let (x, y, factor) = (tensors["x"].floats, tensors["y"].floats, Float(factor))
                let part = share.range(of: tensors["y"].count, inBlocksOf: 16)
                for i in planted(.scaleEnd) ? part.dropLast() : part { y[i] = x[i] * factor }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        for i in 0..<tensors["y"].count { y[i] = Float(Double(x[i]) * factor) }
    }
}
