/// e^x in `Float`, without a branch, so that a loop over it becomes vector instructions.
///
/// x = n ln 2 + r with integer n and |r| <= ln 2 / 2. So e^x = 2^n e^r, and e^r is a polynomial of degree 6 (Cody and
/// Waite, Software Manual for the Elementary Functions, chapter 6). The error is below 0.99 ulp over the whole range,
/// found by trying every `Float` in it. Infinite above ln of the greatest `Float`; **0 if the result would be
/// subnormal**, also for -inf; NaN for NaN.
@inline(__always)
package func exponential(_ x: Float) -> Float {
    // ln of the least normal number and of the greatest finite one, rounded towards 0.
    let (least, greatest): (Float, Float) = (-0x1.5d589ep6, 0x1.62e42ep6)
    // Adding 1.5 * 2^23 rounds to an integer, which is then in the low bits, in two's complement.
    let round: Float = 0x1.8p23
    let shifted = x * 0x1.715476p0 + round
    let n = shifted - round
    // ln 2 in two parts. The first has 15 bits, so n times it is exact.
    let r = (x - n * 0x1.62e4p-1) - n * 0x1.7f7d1cp-20
    // Minimax in the relative error (Remez exchange). The first two coefficients are fixed at 1. Each of the others was
    // rounded to `Float`, and the rest fitted again.
    var q: Float = 0x1.69d58ap-10
    q = q * r + 0x1.12325cp-7
    q = q * r + 0x1.55589ap-5
    q = q * r + 0x1.555494p-3
    q = q * r + 0x1.fffffcp-2
    let power = (r * r) * q + r + 1
    // Add n to the exponent. If the result is a normal number, the exponent field cannot overflow.
    let scaled = Float(bitPattern: power.bitPattern &+ shifted.bitPattern &<< 23)
    // NaN fails the first comparison, and stays NaN after the addition.
    return x <= greatest ? (x >= least ? scaled : 0) : x + .infinity
}
