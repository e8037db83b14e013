/// tanh x in `Float`, given the logistic function of 2x, without a branch, so that a loop over it becomes vector
/// instructions.
///
/// tanh x = 2 logistic(2x) - 1, which loses digits near 0. There it is x + x^3 P(x^2) with a polynomial of degree 4, fitted
/// to the relative error over 0...0.625 by reweighted least squares, with coefficients rounded to `Float` one after the
/// other. 1 and -1 at the infinities, NaN for NaN.
@inline(__always)
func hyperbolicTangent(_ x: Float, logistic: Float) -> Float {
    let z = x * x
    var p: Float = -0x1.751f1ap-8
    p = p * z + 0x1.51fc4ep-6
    p = p * z - 0x1.b8361p-5
    p = p * z + 0x1.1106f8p-3
    p = p * z - 0x1.555532p-2
    let (near, far) = (x + x * (z * p), 2 * logistic - 1)
    // NaN fails the comparison. Chosen by bits: of a choice between numbers the compiler makes a branch.
    let mask: UInt32 = x.magnitude < 0.625 ? ~0 : 0
    return Float(bitPattern: (near.bitPattern & mask) | (far.bitPattern & ~mask))
}

/// Replaces each logistic function of a number by tanh of half the number. A loop of its own: with more pointers in it the
/// compiler would make no vector instructions of it.
func hyperbolicTangents(
    ofHalf doubled: UnsafePointer<Float>, from logistic: UnsafeMutablePointer<Float>, count: Int
) {
    for i in 0..<count { logistic[i] = hyperbolicTangent(0.5 * doubled[i], logistic: logistic[i]) }
}
