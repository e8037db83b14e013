import Tensors

/// How far an answer may be from the reference.
///
/// The error of an element is |y - r| / max(|r|, rms of the whole reference): relative where the element is large,
/// and relative to the tensor's scale where terms cancelled. Summing n products of independent signs in `Float` leaves
/// an error that grows as sqrt(n) * 2^-24 of that scale (Higham, Accuracy and Stability, 4.2); 4 covers the largest of
/// many elements and 32 the last places of exp, erf and division. An algorithm whose sums go through larger numbers than
/// the terms is allowed so many times the error of the plain sum: `Implementation.errorGrowth`.
package struct Tolerance: Sendable {
    package let bound: Double

    package init(reductionLength: Int, errorGrowth: Double = 1) {
        bound = (32 + 4 * errorGrowth * Double(max(reductionLength, 1)).squareRoot()) * 0x1p-24
    }

    /// The largest error of an output and the index of its element. A NaN or an infinity agrees only with itself, and
    /// counts as an infinite error elsewhere.
    package static func error(of answer: Tensor, against reference: Tensor) -> (largest: Double, index: Int) {
        precondition(answer.count == reference.count)
        let (y, r) = (answer.floats, reference.floats)
        var squares = 0.0
        var finite = 0
        for i in 0..<reference.count where r[i].isFinite {
            squares += Double(r[i]) * Double(r[i])
            finite += 1
        }
        let scale = finite > 0 ? (squares / Double(finite)).squareRoot() : 0
        var (largest, index) = (0.0, 0)
        for i in 0..<reference.count where y[i] != r[i] && !(y[i].isNaN && r[i].isNaN) {
            let distance = abs(Double(y[i]) - Double(r[i]))
            let error = distance.isFinite ? distance / max(abs(Double(r[i])), scale, 0x1p-126) : .infinity
            if error > largest { (largest, index) = (error, i) }
        }
        return (largest, index)
    }
}
