import Instructions
import Mutants
import Tensors
import Threads
import Vectors
import Workloads

/// y = x / max(|x|, 1e-12) over each row, |x| the root of the sum of its squares: `torch.nn.functional.normalize`.
package struct L2Norm: Kernel {
    package static let schema = Schema(
        "l2_norm", "each row divided by its length", Rows.parameters, example: "rows=4,features=10")

    private static let least = 1e-12

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    private let rows: Rows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        operands = try rows.operands(
            weights: [], spreads: [Spread(reach: 1), Spread(around: 2, reach: 0.25), Spread(reach: 0x1p-50)])
        elementOperations = [
            ElementOperations("multiply", rows.elements), ElementOperations("add", rows.elements),
            ElementOperations("sqrt", rows.count), ElementOperations("compare", rows.count),
            ElementOperations("divide", rows.elements),
        ]
    }

    package var reductionLength: Int { rows.features }

    /// Rows shorter than the least length have small elements of their own.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        [Sums](repeating: Sums(elements: rows.features, length: rows.features), count: rows.count)
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "row by row in the nearest cache, squares in sixteen lanes") { tensors, share in
                let (x, y, features) = (tensors["x"].floats, tensors["y"].floats, rows.features)
                for row in share.range(of: rows.count) {
                    let source = x + row * features
                    let length = Lanes.squares(source, count: features - slip(.l2Term)).squareRoot()
                    let divisor = maximum(length, planted(.l2Least) ? 0 : Float(Self.least))
                    microkernels.scale(count: features, source, factor: 1 / divisor, into: y + row * features)
                }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        rows.forEach(tensors) { source, target in
            var squares = 0.0
            for i in 0..<rows.features { squares += Double(source[i]) * Double(source[i]) }
            let divisor = maximum(squares.squareRoot(), Self.least)
            for i in 0..<rows.features { target[i] = Float(Double(source[i]) / divisor) }
        }
    }
}
