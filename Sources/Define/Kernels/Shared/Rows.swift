import Tensors
import Workloads

/// Rows that a kernel maps one by one to rows of the same length.
struct Rows: Sendable {
    let count: Int
    /// Elements per row.
    let features: Int
    /// Elements in all rows.
    let elements: Int

    static let parameters: [Parameter] = [
        .count("rows", "rows: tokens, or pixels"),
        .count("f", as: "features", "elements of a row"),
    ]

    /// Reads the arguments of `parameters`.
    init(_ arguments: Arguments) throws(ShapeError) {
        try self.init(count: arguments.int("rows"), features: arguments.int("f"))
    }

    /// So many rows.
    init(count: Int, features: Int) throws(ShapeError) {
        (self.count, self.features) = (count, features)
        elements = try product(count, features)
    }

    /// The input rows `x`, drawn from the spreads in turn; the weights; and the output rows `y`.
    func operands(weights: [Operand], spreads: [Spread]) throws(ShapeError) -> [Operand] {
        let extents = [count, features]
        let x = try Operand.input(
            "x", extents, layout: "NC", values: .stretches(of: features, number: count, spreads))
        return try [x] + weights + [.output("y", extents, layout: "NC")]
    }

    /// Calls the body with each row of `x` and its row of `y`.
    @inline(__always)
    func forEach(
        _ tensors: Operands, _ body: (_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) -> Void
    ) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        for row in 0..<count { body(x + row * features, y + row * features) }
    }
}
