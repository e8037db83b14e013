import Tensors
import Workloads

/// y = x / sqrt(mean of x^2 + 1e-6) * weight over each row (Zhang and Sennrich, "Root mean square layer normalization",
/// 2019).
package struct RMSNorm: Workload {
    package static let schema = Schema(
        "rms_norm", "each row divided by its root mean square, with scale",
        [
            .count("rows", "rows: tokens"),
            .count("f", as: "features", "elements of a row"),
        ], example: "rows=4,features=10")

    static let epsilon = 1e-6

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let rows: Int
    let features: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        (rows, features) = (arguments.int("rows"), arguments.int("f"))
        operands = [
            try .input("x", [rows, features], layout: "NC"),
            try .scale("weight", features),
            try .output("y", [rows, features], layout: "NC"),
        ]
        let elements = try product(rows, features)
        elementOperations = [
            ElementOperations("multiply", 3 * elements),
            ElementOperations("add", elements + rows),
            ElementOperations("divide", rows),
            ElementOperations("rsqrt", rows),
        ]
    }

    package var reductionLength: Int { features }

    package var implementations: [Implementation] {
        [.direct("plain", "row by row in sixteen lanes", run: plain)]
    }

    private func plain(_ tensors: Operands) {
        let (x, weight, y) = (tensors["x"].floats, tensors["weight"].floats, tensors["y"].floats)
        for row in 0..<rows {
            let (source, target) = (x + row * features, y + row * features)
            let square = Lanes.sumOfSquares(source, count: features) / Float(features)
            let scale = 1 / (square + Float(Self.epsilon)).squareRoot()
            for i in 0..<features { target[i] = source[i] * scale * weight[i] }
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, weight, y) = (tensors["x"].floats, tensors["weight"].floats, tensors["y"].floats)
        for row in 0..<rows {
            let (source, target) = (x + row * features, y + row * features)
            var square = 0.0
            for i in 0..<features { square += Double(source[i]) * Double(source[i]) }
            let root = (square / Double(features) + Self.epsilon).squareRoot()
            for i in 0..<features { target[i] = Float(Double(source[i]) / root * Double(weight[i])) }
        }
    }
}
