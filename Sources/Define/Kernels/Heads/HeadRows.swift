import Tensors
import Workloads

/// Rows of several heads side by side, each of the same width: [rows, heads, width].
struct HeadRows: Sendable {
    let count: Int
    let heads: Int
    /// Elements of a head.
    let width: Int
    /// Elements in all rows.
    let elements: Int

    static let parameters: [Parameter] = [
        .count("rows", "rows: nodes, or tokens"),
        .count("h", as: "heads", "heads of a row"),
        .count("d", as: "dim", "elements of a head"),
    ]

    /// Reads the arguments of `parameters`.
    init(_ arguments: Arguments) throws(ShapeError) {
        (count, heads, width) = (arguments.int("rows"), arguments.int("h"), arguments.int("d"))
        elements = try product(count, heads, width)
    }

    /// The input rows `x`.
    func input() throws(ShapeError) -> Operand { try .input("x", [count, heads * width], layout: "NC") }
}
