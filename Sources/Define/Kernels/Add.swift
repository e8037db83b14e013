import Instructions
import Tensors
import Threads
import Vectors
import Workloads

/// y = a + b, element by element: a residual connection.
package struct Add: Kernel {
    package static let schema = Schema(
        "add", "elementwise sum of two tensors", [.count("elements", "elements of each")], example: "elements=100")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    package var overwritable: [String] { ["a", "b"] }

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let elements = arguments.int("elements")
        operands = [
            try .input("a", [elements], layout: "C"),
            try .input("b", [elements], layout: "C"),
            try .output("y", [elements], layout: "C"),
        ]
        elementOperations = [ElementOperations("add", elements)]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "vectors of elements") { tensors, share in
                let (a, b, y) = (tensors["a"].floats, tensors["b"].floats, tensors["y"])
                // Whole cache lines, so that no two threads write to the same line.
                let part = share.range(of: y.count, inBlocksOf: 16)
                microkernels.add(
                    count: part.count, a + part.lowerBound, b + part.lowerBound, into: y.floats + part.lowerBound)
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (a, b, y) = (tensors["a"].floats, tensors["b"].floats, tensors["y"].floats)
        for i in 0..<tensors["y"].count { y[i] = Float(Double(a[i]) + Double(b[i])) }
    }
}
