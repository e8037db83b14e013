/// A vector register of floats.
///
/// Code generic over `SIMD` goes lane by lane in many operations; a kernel generic over this protocol gets what the
/// concrete type does in one instruction. What a kernel needs beyond these is added here and in every conformance.
@usableFromInline package protocol FloatVector {
    /// Floats a register holds.
    static var lanes: Int { get }

    /// All lanes alike.
    init(broadcasting value: Float)

    /// Reads `lanes` floats; no alignment needed.
    init(loading source: UnsafePointer<Float>)

    /// Writes `lanes` floats; no alignment needed.
    func store(to target: UnsafeMutablePointer<Float>)

    /// self * factor + addend: one rounding where the instruction set has a fused multiply-add, else two.
    func multiplyAdd(_ factor: Self, _ addend: Self) -> Self

    /// self + other
    func adding(_ other: Self) -> Self

    /// self * factor
    func multiplied(by factor: Self) -> Self

    /// The larger of each lane, NaN where either is one.
    func maximum(_ other: Self) -> Self

    /// Lane i of every `count` lanes, in all of them: 4 or 8 lanes, or all that there are.
    func broadcastWithin(_ count: Int, _ i: Int) -> Self

    /// The exclusive or of the bits: combines values without a floating-point unit.
    func exclusiveOr(_ other: Self) -> Self
}

extension FloatVector {
    /// All lanes zero.
    @inlinable @inline(__always) package static var zero: Self { Self(broadcasting: 0) }
}
