/// The larger of two numbers, NaN where either is one, as in PyTorch. Without a branch: a loop over it becomes vector
/// instructions.
@inline(__always)
func maximum(_ a: Float, _ b: Float) -> Float { a >= b || a.isNaN ? a : b }
