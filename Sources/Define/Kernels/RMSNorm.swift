import Instructions
import Mutants
import Tensors
import Threads
import Vectors
import Workloads

/// y = x / sqrt(mean of x^2 + 1e-6) * weight over each row (Zhang and Sennrich, "Root mean square layer normalization",
/// 2019).
package struct RMSNorm: Kernel {
    package static let schema = Schema(
        "rms_norm", "each row divided by its root mean square, with scale",
        Rows.parameters, example: "rows=4,features=10")

    static let epsilon = 1e-6

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let rows: Rows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        operands = try rows.operands(weights: [.scale("weight", rows.features)], spreads: .moments)
        elementOperations = [
            ElementOperations("multiply", 3 * rows.elements),
            ElementOperations("add", rows.elements + rows.count),
            ElementOperations("divide", rows.count),
            ElementOperations("rsqrt", rows.count),
        ]
    }

    package var reductionLength: Int { rows.features }

    package var implementations: [Implementation] {
        [
            .divided("native", "row by row in the nearest cache") { tensors, share in
                normalise(share.range(of: rows.count), of: tensors)
            }
        ]
    }

    private func normalise(_ part: Range<Int>, of tensors: Operands) {
        let first = part.lowerBound * rows.features
        microkernels.normalise(
            NormRows(
                count: part.count, features: rows.features, x: tensors["x"].floats + first,
                y: tensors["y"].floats + first, weight: tensors["weight"].floats, bias: nil,
                epsilon: planted(.rmsEpsilon) ? 1e-5 : Float(Self.epsilon)))
    }

    package func reference(_ tensors: Operands) {
        let (weight, features) = (tensors["weight"].floats, rows.features)
        rows.forEach(tensors) { source, target in
            var square = 0.0
            for i in 0..<features { square += Double(source[i]) * Double(source[i]) }
            let root = (square / Double(features) + Self.epsilon).squareRoot()
            for i in 0..<features { target[i] = Float(Double(source[i]) / root * Double(weight[i])) }
        }
    }
}
