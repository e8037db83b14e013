/// erf(x) = 2 / sqrt(pi) * the integral of e^(-t^2) from 0 to x, without a branch, so that a loop over it becomes
/// vector instructions.
///
/// x P(x^2) / Q(x^2) with polynomials of degree 5, fitted to the relative error over 0...3.92 by reweighted least
/// squares, with coefficients rounded to `Float`. Further out, erf is within 2^-25 of 1. The error is at most 7.2 ulp,
/// or 4.3e-7 if erf is near 1, found by trying every `Float`. 1 and -1 at the infinities, NaN for NaN.
@inline(__always)
package func errorFunction(_ x: Float) -> Float {
    // The quotient is exactly 1 here, so the result is 1 from here on. NaN is not greater, so it stays.
    let end: Float = 0x1.f6666cp1
    let magnitude = x.magnitude > end ? end : x.magnitude
    let z = magnitude * magnitude
    var p: Float = 0x1.132c76p-19
    p = p * z + 0x1.2ab69p-12
    p = p * z + 0x1.ed819ep-9
    p = p * z + 0x1.b01b12p-5
    p = p * z + 0x1.85edf8p-3
    p = p * z + 0x1.20dd74p0
    var q: Float = 0x1.3f8b18p-15
    q = q * z + 0x1.30b94ap-10
    q = q * z + 0x1.ea7b0ap-7
    q = q * z + 0x1.d35f46p-4
    q = q * z + 0x1.010ed2p-1
    q = q * z + 1
    let quotient = magnitude * p / q
    // Rounding may carry the quotient past 1.
    let bounded: Float = quotient > 1 ? 1 : quotient
    return Float(bitPattern: bounded.bitPattern | (x.bitPattern & 0x8000_0000))
}
