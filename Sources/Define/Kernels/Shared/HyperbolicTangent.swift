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
    // NaN fails the comparison, and stays NaN after it.
    return x.magnitude < 0.625 ? x + x * (z * p) : 2 * logistic - 1
}
