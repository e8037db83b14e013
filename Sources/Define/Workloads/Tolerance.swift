import Settings
import Tensors

/// How far an answer may be from the reference.
///
/// The error of an element is |y - r| / max(|r|, s): relative to the element if it is large, and to the scale s of its
/// sum if terms cancelled. s is the root mean square of the elements with similar sums (`Sums`), or the scale from the
/// operands if that is more. Summing n products of independent signs in `Float` leaves an error that grows as
/// sqrt(n) * 2^-24 of that scale (Higham, Accuracy and Stability, 4.2). The factor 4 covers the largest of many
/// elements, and 32 the last places of exp, erf and division. An algorithm whose sums go through larger
/// numbers than the terms is allowed a multiple of the plain sum's error: `Implementation.errorGrowth`.
///
/// An output of `bf16` is such a sum, rounded once more by at most 2^-8 of the element. The reference is not rounded.
/// Sums of whole numbers are exact, so nothing is tolerated.
package struct Tolerance: Sendable {
    package let bound: Double

    /// - Parameter element: the type of the output.
    package init(reductionLength: Int, errorGrowth: Double = 1, element: ElementType = .f32) {
        let sum = (32 + 4 * errorGrowth * Double(max(reductionLength, 1)).squareRoot()) * 0x1p-24
        bound =
            switch element {
            case .f32: sum
            case .bf16: sum + 0x1p-8
            case .i8, .u8, .i32, .i64: 0
            }
    }

    /// The largest error of some elements of an output, and the index of its element; the first index if all are right.
    /// A NaN or an infinity agrees only with itself. Otherwise it is an infinite error.
    ///
    /// - Parameter scale: the minimum that an error is relative to; ignored if it is not finite.
    static func error(of answer: Tensor, against reference: Tensor, _ part: Range<Int>, scale: Double)
        -> (largest: Double, index: Int)
    {
        let scale = max(reference.rootMeanSquare(of: part), scale.isFinite ? scale : 0, 0x1p-126)
        var (largest, index) = (0.0, part.lowerBound)
        for i in part {
            let (y, r) = (answer[i], reference[i])
            guard y != r, !(y.isNaN && r.isNaN) else { continue }
            let distance = abs(y - r)
            let error = distance.isFinite ? distance / max(abs(r), scale) : .infinity
            if error > largest { (largest, index) = (error, i) }
        }
        return (largest, index)
    }
}

extension Tensor {
    /// The largest error of an element against a reference, and the index of the element. The error is relative to the
    /// element or to the root mean square of all, whichever is more.
    package func error(against reference: Tensor) -> (largest: Double, index: Int) {
        Tolerance.error(of: self, against: reference, 0..<count, scale: 0)
    }
}
