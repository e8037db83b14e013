import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// Some rows in a given order: y[i] = x[index[i]]. A row may be taken more than once.
package struct Gather: Kernel {
    package static let schema = Schema(
        "gather", "rows by their numbers",
        [
            .count("rows", "rows to take from"),
            .count("count", "rows that are taken"),
            .count("f", as: "features", "elements of a row"),
            Parameter("seed", .int(0...Int(Int32.max)), .value(.int(1)), "seed of the numbers of the rows"),
        ], example: "rows=9,count=12,f=5")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations] = []
    package let reductionLength = 1
    private let rows: Int
    private let count: Int
    private let features: Int
    private let draws: Draws

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        (rows, count, features) = (arguments.int("rows"), arguments.int("count"), arguments.int("f"))
        draws = Draws("index", seed: UInt64(arguments.int("seed")))
        operands = [
            try .indices("index", count, layout: "N"),
            try .input("x", [rows, features], layout: "NC"),
            try .output("y", [count, features], layout: "NC"),
        ]
    }

    /// The number of the row that is taken for row i: any with the same probability.
    private func row(_ i: Int) -> Int { draws.whole(i, below: rows) }

    /// The rows that nothing is taken from. More than eight million are not drawn only to be counted.
    package var unreadBytes: Int {
        guard count <= 1 << 23 else { return max(0, rows - count) * features * ElementType.f32.size }
        let index = (0..<count).map { Int32(row($0)) }
        let taken = TouchedNodes(EdgeList(rows: 0, columns: rows, sources: index)).sources
        return (rows - taken) * features * ElementType.f32.size
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "a copy of each row") { tensors, share in
                let (index, x, y) = (tensors["index"].ints, tensors["x"].floats, tensors["y"].floats)
                for i in share.range(of: count) {
                    let row = Int(index[i - (i > 0 ? slip(.gatherRow) : 0)])
                    (y + i * features).update(from: x + row * features, count: features)
                }
            }
        ]
    }

    package func fill(_ tensors: Operands, seed: UInt64) {
        fillByName(tensors, seed: seed)
        let index = tensors["index"].ints
        for i in 0..<count { index[i] = Int32(row(i)) }
    }

    package func reference(_ tensors: Operands) {
        let (index, x, y) = (tensors["index"].ints, tensors["x"].floats, tensors["y"].floats)
        for i in 0..<count {
            for c in 0..<features { y[i * features + c] = x[Int(index[i]) * features + c] }
        }
    }
}
