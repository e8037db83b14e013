/// A vector register of floats.
///
/// Code generic over `SIMD` goes lane by lane in many operations; a kernel generic over this protocol gets what the
/// concrete type does in one instruction. What a kernel needs beyond these is added here and in every conformance.
@usableFromInline package protocol FloatVector {
    /// Floats a register holds.
    static var lanes: Int { get }

    /// Registers that the instruction sets of this vector have.
    static var registers: Int { get }

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

    /// In each lane what stood in the lane whose number differs from its own in the bits of `distance`, a constant less
    /// than the lanes: one shuffle.
    func exchanged(_ distance: Int) -> Self

    /// The exclusive or of the bits: combines values without a floating-point unit.
    func exclusiveOr(_ other: Self) -> Self

    /// self - other
    func subtracting(_ other: Self) -> Self

    /// self / divisor
    func divided(by divisor: Self) -> Self

    /// The larger, lane by lane; a NaN in `other` is passed over, one in `self` stays.
    func larger(_ other: Self) -> Self

    /// The smaller, lane by lane; a NaN in `other` is passed over, one in `self` stays.
    func smaller(_ other: Self) -> Self

    /// Itself where x <= y, `other` elsewhere and where x or y is NaN.
    func chosen(where x: Self, isAtMost y: Self, else other: Self) -> Self

    /// Adds the low bits of each lane of `whole` to the exponent: what was rounded by adding 1.5 * 2^23 has a whole
    /// number there.
    func scaled(byPower whole: Self) -> Self

    /// The magnitude of this with the sign of another.
    func withSign(of other: Self) -> Self

    /// The sum of the lanes.
    var total: Float { get }

    /// The largest of the lanes, none of which is NaN.
    var greatest: Float { get }
}

extension FloatVector {
    /// All lanes zero.
    @inlinable @inline(__always) package static var zero: Self { Self(broadcasting: 0) }

    /// The most rows of a `ProductTile`: two registers each, beside two of the other matrix, one for the broadcast element
    /// and one to spare.
    @inlinable @inline(__always) package static var tileRows: Int { registers / 2 - 2 }

    /// The most pixels of a `SlidingTile`, beside up to seven weights: images are multiples of seven pixels wide.
    @inlinable @inline(__always) package static var slidingPixels: Int { registers > 16 ? 14 : 7 }
}
