import Tensors

/// Some neighbouring elements of an output with similar sums, which share a tolerance.
package struct Sums: Sendable, Hashable {
    /// The number of elements, in the order in which they are stored.
    package let elements: Int
    /// Terms behind each element. An element without terms is 0.
    package let length: Int
    /// The size of a sum of such terms if they do not cancel, from the operands. Errors are relative to at least this
    /// size. 0 if the elements themselves show it.
    package let scale: Double
    /// The factor by which its rounding error may exceed that of a sum of independent signs.
    package let growth: Double

    package init(elements: Int, length: Int, scale: Double = 0, growth: Double = 1) {
        self.elements = elements
        self.length = length
        self.scale = scale
        self.growth = growth
    }

    /// Terms that may all have one sign and nearly one size, like those of an average: then all additions may round the
    /// same way. The error may be n / 2 roundings of the sum (Higham, 4.2) instead of 4 times the root of n.
    package static func average(elements: Int, length: Int) -> Sums {
        Sums(elements: elements, length: length, growth: max(1, Double(length).squareRoot() / 8))
    }
}

extension Tensor {
    /// The root of the mean square of the finite elements; 0 if there are none.
    package var rootMeanSquare: Double { rootMeanSquare(of: 0..<count) }

    /// The same over some of the elements.
    package func rootMeanSquare(of part: Range<Int>) -> Double {
        var (squares, finite) = (0.0, 0)
        for i in part {
            let element = self[i]
            guard element.isFinite else { continue }
            squares += element * element
            finite += 1
        }
        return finite > 0 ? (squares / Double(finite)).squareRoot() : 0
    }
}
