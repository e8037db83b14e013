import Mutants
import Tensors
import Threads
import Workloads

/// y = x: dropout at inference, as models contain it, for passes to remove.
package struct Identity: Kernel {
    package static let schema = Schema(
        "identity", "a copy: dropout at inference", [.count("elements", "elements of the input")],
        example: "elements=100")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations] = []
    package let reductionLength = 1

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let elements = arguments.int("elements")
        operands = [
            try .input("x", [elements], layout: "C"),
            try .output("y", [elements], layout: "C"),
        ]
    }

    package var overwritable: [String] { ["x"] }

    package var implementations: [Implementation] {
        [
            .divided("native", "one copy") { tensors, share in
                let range = share.range(of: tensors["y"].count, inBlocksOf: 16)
                let (x, y) = (tensors["x"].floats + range.lowerBound, tensors["y"].floats + range.lowerBound)
                if x != y { y.update(from: x, count: range.count - slip(.identityTail)) }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        for i in 0..<tensors["y"].count { tensors["y"].floats[i] = tensors["x"].floats[i] }
    }
}
