import Instructions
import Mutants
import Tensors
import Threads
import Vectors
import Workloads

/// y = a + b, element by element: a residual connection. Or y = alpha a + (beta + eps) b, where eps is one learned number:
/// the initial residual of APPNP (Gasteiger et al., "Predict then propagate", 2019), the 1 + eps of GIN (Xu et al., "How
/// powerful are graph neural networks?", 2019).
package struct Add: Kernel {
    package static let schema = Schema(
        "add", "elementwise sum of two tensors",
        [
            .count("elements", "elements of each"),
            Parameter("alpha", .real(-1e6...1e6), .value(.real(1)), "what the first is multiplied by").asExtra,
            Parameter("beta", .real(-1e6...1e6), .value(.real(1)), "what the second is multiplied by").asExtra,
            .flag("eps", "adds a learned number to beta").asExtra,
        ], example: "elements=100")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    package var overwritable: [String] { ["a", "b"] }
    private let alpha: Double
    private let beta: Double
    /// Whether it is just a + b.
    package let isPlain: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let (elements, isLearned) = (arguments.int("elements"), arguments.flag("eps"))
        (alpha, beta) = (arguments.real("alpha"), arguments.real("beta"))
        isPlain = alpha == 1 && beta == 1 && !isLearned
        operands =
            try [.input("a", [elements], layout: "C"), .input("b", [elements], layout: "C")]
            + (isLearned ? [.shift("eps", 1)] : []) + [.output("y", [elements], layout: "C")]
        let scaled = (alpha == 1 ? 0 : 1) + (beta == 1 && !isLearned ? 0 : 1)
        elementOperations =
            [ElementOperations("add", elements + (isLearned ? 1 : 0))]
            + (scaled > 0 ? [ElementOperations("multiply", scaled * elements)] : [])
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "vectors of elements") { tensors, share in
                let (a, b, y) = (tensors["a"].floats, tensors["b"].floats, tensors["y"])
                // Whole cache lines, so that no two threads write to the same line.
                let part = share.range(of: y.count, inBlocksOf: 16)
                if isPlain {
                    microkernels.add(
                        count: part.count, a + part.lowerBound, b + part.lowerBound, into: y.floats + part.lowerBound)
                } else {
                    blend(tensors, part)
                }
            }
        ]
    }

    private func blend(_ tensors: Operands, _ part: Range<Int>) {
        let (a, b, y) = (tensors["a"].floats, tensors["b"].floats, tensors["y"].floats)
        let eps = planted(.addEpsilon) ? 0 : tensors.optional("eps").map { $0.floats[0] } ?? 0
        let (alpha, beta) = (planted(.addScale) ? 1 : Float(alpha), Float(beta) + eps)
        for i in part { y[i] = alpha * a[i] + beta * b[i] }
    }

    package func reference(_ tensors: Operands) {
        let (a, b, y) = (tensors["a"].floats, tensors["b"].floats, tensors["y"].floats)
        let beta = beta + (tensors.optional("eps").map { Double($0.floats[0]) } ?? 0)
        for i in 0..<tensors["y"].count { y[i] = Float(alpha * Double(a[i]) + beta * Double(b[i])) }
    }
}
