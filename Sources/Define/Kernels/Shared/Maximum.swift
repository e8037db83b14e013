/// The larger of two numbers, NaN where either is one, as in PyTorch. (The `max` of Swift drops a NaN that comes
/// second.)
func maximum(_ a: Double, _ b: Double) -> Double { a >= b || a.isNaN ? a : b }

/// The same in three vector instructions, for loops. Where an operand is NaN, each comparison gives its second one, so
/// that the NaN is among the two; its bits with any others are a NaN still. Elsewhere both give the same.
@inline(__always)
func maximum(_ a: Float, _ b: Float) -> Float {
    Float(bitPattern: (a > b ? a : b).bitPattern | (b > a ? b : a).bitPattern)
}
