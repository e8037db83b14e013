/// The larger of two numbers, NaN if either is NaN, as in PyTorch. (Swift's `max` drops a NaN that comes second.)
func maximum(_ a: Double, _ b: Double) -> Double { a >= b || a.isNaN ? a : b }

/// The same in three vector instructions, for loops. If an operand is NaN, each comparison returns its second one, so
/// one of the two results is NaN, and or-ing other bits keeps it NaN. Otherwise both are the same.
@inline(__always)
func maximum(_ a: Float, _ b: Float) -> Float {
    Float(bitPattern: (a > b ? a : b).bitPattern | (b > a ? b : a).bitPattern)
}
