import Tensors

/// How far an answer may be from the reference.
///
/// The error of an element is |y - r| / max(|r|, s): relative where the element is large, and relative to the scale s of its
/// sum where terms cancelled. s is the root mean square of the elements whose sums are alike (`Sums`), or what the operands
/// say of it if that is more. Summing n products of independent signs in `Float` leaves an error that grows as
/// sqrt(n) * 2^-24 of that scale (Higham, Accuracy and Stability, 4.2); 4 covers the largest of many elements and 32 the
/// last places of exp, erf and division. An algorithm whose sums go through larger numbers than the terms is allowed so
/// many times the error of the plain sum: `Implementation.errorGrowth`.
package struct Tolerance: Sendable {
    package let bound: Double

    package init(reductionLength: Int, errorGrowth: Double = 1) {
        bound = (32 + 4 * errorGrowth * Double(max(reductionLength, 1)).squareRoot()) * 0x1p-24
    }

    /// The largest error of some elements of an output and the index of its element: the first of them where all are
    /// right. A NaN or an infinity agrees only with itself, and counts as an infinite error elsewhere.
    ///
    /// - Parameter scale: the least that an error is held against; nothing where it is not finite.
    static func error(of answer: Tensor, against reference: Tensor, _ part: Range<Int>, scale: Double)
        -> (largest: Double, index: Int)
    {
        let (y, r) = (answer.floats, reference.floats)
        let scale = max(reference.rootMeanSquare(of: part), scale.isFinite ? scale : 0, 0x1p-126)
        var (largest, index) = (0.0, part.lowerBound)
        for i in part where y[i] != r[i] && !(y[i].isNaN && r[i].isNaN) {
            let distance = abs(Double(y[i]) - Double(r[i]))
            let error = distance.isFinite ? distance / max(abs(Double(r[i])), scale) : .infinity
            if error > largest { (largest, index) = (error, i) }
        }
        return (largest, index)
    }
}

extension Tensor {
    /// The largest error of an element against a reference, relative to the element or to the root mean square of all,
    /// whichever is more, and the index of the element.
    package func error(against reference: Tensor) -> (largest: Double, index: Int) {
        Tolerance.error(of: self, against: reference, 0..<count, scale: 0)
    }
}
