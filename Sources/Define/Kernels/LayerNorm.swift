import Instructions
import Tensors
import Threads
import Vectors
import Workloads

/// y = (x - mean) / sqrt(variance + eps) * weight + bias over each row (Ba, Kiros and Hinton, "Layer normalization",
/// 2016).
package struct LayerNorm: Kernel {
    package static let schema = Schema(
        "layer_norm", "normalisation of each row, with scale and shift",
        Rows.parameters + [
            Parameter(
                "eps", .real(0...1), .value(.real(1e-5)), "keeps a variance of nothing from dividing by zero"
            ).asExtra
        ], example: "rows=4,features=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let rows: Rows
    private let epsilon: Double

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        epsilon = arguments.real("eps")
        operands = try rows.operands(
            weights: [.scale("weight", rows.features), .shift("bias", rows.features)], spreads: .moments)
        elementOperations = .normalisation(of: rows.elements, in: rows.count, affine: true)
    }

    package var reductionLength: Int { rows.features }

    package var implementations: [Implementation] {
        [
            .divided("native", "row by row in the nearest cache, two centred passes for the moments") {
                tensors, share in
                normalise(share.range(of: rows.count), of: tensors)
            }
        ]
    }

    private func normalise(_ part: Range<Int>, of tensors: Operands) {
        let first = part.lowerBound * rows.features
        microkernels.normalise(
            NormRows(
                count: part.count, features: rows.features, x: tensors["x"].floats + first,
                y: tensors["y"].floats + first, weight: tensors["weight"].floats, bias: tensors["bias"].floats,
                epsilon: Float(epsilon)))
    }

    package func reference(_ tensors: Operands) {
        let (weight, bias, features) = (tensors["weight"].floats, tensors["bias"].floats, rows.features)
        rows.forEach(tensors) { source, target in
            var (mean, variance) = (0.0, 0.0)
            for i in 0..<features { mean += Double(source[i]) }
            mean /= Double(features)
            for i in 0..<features { variance += (Double(source[i]) - mean) * (Double(source[i]) - mean) }
            variance /= Double(features)
            let deviation = (variance + epsilon).squareRoot()
            for i in 0..<features {
                target[i] = Float((Double(source[i]) - mean) / deviation * Double(weight[i]) + Double(bias[i]))
            }
        }
    }
}
