import Tensors

/// Some neighbouring elements of an output whose sums are alike: they share a tolerance.
package struct Sums: Sendable, Hashable {
    /// How many elements, in the order in which they are stored.
    package let elements: Int
    /// Terms behind each element.
    package let length: Int
    /// How large a sum of such terms is where they do not cancel, from the operands: an error is held against no less.
    /// 0 where the elements themselves show it.
    package let scale: Double

    package init(elements: Int, length: Int, scale: Double = 0) {
        self.elements = elements
        self.length = length
        self.scale = scale
    }
}

extension Tensor {
    /// The root of the mean square of the finite elements of an `f32` tensor; 0 where there is none.
    package var rootMeanSquare: Double { rootMeanSquare(of: 0..<count) }

    /// The same over some of the elements.
    package func rootMeanSquare(of part: Range<Int>) -> Double {
        let elements = floats
        var (squares, finite) = (0.0, 0)
        for i in part where elements[i].isFinite {
            squares += Double(elements[i]) * Double(elements[i])
            finite += 1
        }
        return finite > 0 ? (squares / Double(finite)).squareRoot() : 0
    }
}
