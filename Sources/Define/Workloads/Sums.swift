import Tensors

/// Some neighbouring elements of an output whose sums are alike: they share a tolerance.
package struct Sums: Sendable, Hashable {
    /// How many elements, in the order in which they are stored.
    package let elements: Int
    /// Terms behind each element. One without terms is 0.
    package let length: Int
    /// How large a sum of such terms is where they do not cancel, from the operands: an error is held against no less.
    /// 0 where the elements themselves show it.
    package let scale: Double
    /// How many times the rounding error of a sum of independent signs it may have.
    package let growth: Double

    package init(elements: Int, length: Int, scale: Double = 0, growth: Double = 1) {
        self.elements = elements
        self.length = length
        self.scale = scale
        self.growth = growth
    }

    /// Terms that may all have one sign and nearly one size, as those of an average: then additions may all round the same
    /// way. The error may be n / 2 roundings of the sum (Higham, 4.2), and not 4 times the root of n.
    package static func average(elements: Int, length: Int) -> Sums {
        Sums(elements: elements, length: length, growth: max(1, Double(length).squareRoot() / 8))
    }
}

extension Tensor {
    /// The root of the mean square of the finite elements; 0 where there is none.
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
