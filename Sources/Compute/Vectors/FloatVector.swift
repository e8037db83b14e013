/// A vector register of floats.
///
/// Code generic over `SIMD` does many operations lane by lane. A kernel generic over this protocol gets the single
/// instructions of the concrete type. If a kernel needs another operation, add it here and to every conformance.
@usableFromInline package protocol FloatVector {
    /// Floats per register.
    static var lanes: Int { get }

    /// The number of registers that kernels with this vector may use.
    static var registers: Int { get }

    /// All lanes equal.
    init(broadcasting value: Float)

    /// Reads `lanes` floats; no alignment needed.
    init(loading source: UnsafePointer<Float>)

    /// Writes `lanes` floats; no alignment needed.
    func store(to target: UnsafeMutablePointer<Float>)

    /// Writes `lanes` floats past the caches, for what is too large to stay in them. The target is aligned to a vector.
    func stream(to target: UnsafeMutablePointer<Float>)

    /// self * factor + addend: one rounding if the instruction set has a fused multiply-add, else two.
    func multiplyAdd(_ factor: Self, _ addend: Self) -> Self

    /// self + other
    func adding(_ other: Self) -> Self

    /// self * factor
    func multiplied(by factor: Self) -> Self

    /// The larger value of each lane, NaN if either is NaN.
    func maximum(_ other: Self) -> Self

    /// Lane l gets the value of lane l xor `distance`, which is a constant less than the number of lanes: one shuffle.
    func exchanged(_ distance: Int) -> Self

    /// The exclusive or of the bits: combines values without a floating-point unit.
    func exclusiveOr(_ other: Self) -> Self

    /// self - other
    func subtracting(_ other: Self) -> Self

    /// self / divisor
    func divided(by divisor: Self) -> Self

    /// The larger value, lane by lane. A NaN in `other` is ignored, a NaN in `self` stays.
    func larger(_ other: Self) -> Self

    /// The smaller value, lane by lane. A NaN in `other` is ignored, a NaN in `self` stays.
    func smaller(_ other: Self) -> Self

    /// `self` in lanes with x <= y, else `other`, also if x or y is NaN.
    func chosen(where x: Self, isAtMost y: Self, else other: Self) -> Self

    /// Bit l is set if lane l of self is less than that of `other`. It never is if either is NaN.
    func lanesLess(than other: Self) -> UInt32

    /// Adds the low bits of each lane of `whole` to the exponent. A number rounded by adding 1.5 * 2^23 has an integer
    /// in these bits.
    func scaled(byPower whole: Self) -> Self

    /// The magnitude of `self` with the sign of `other`.
    func withSign(of other: Self) -> Self

    /// The sum of the lanes.
    var total: Float { get }

    /// The sums of the lanes of four vectors: cheaper than four times `total`.
    static func totals(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> SIMD4<Float>

    /// The largest lane, if no lane is NaN.
    var greatest: Float { get }
}

extension FloatVector {
    /// All lanes zero.
    @inlinable @inline(__always) package static var zero: Self { Self(broadcasting: 0) }

    /// The maximum number of rows of a `ProductTile`. Each row takes two registers; two hold the other matrix, one
    /// holds the broadcast element and one is spare.
    @inlinable @inline(__always) package static var tileRows: Int { registers / 2 - 2 }

    /// The maximum number of pixels of a `SlidingTile`, beside up to 7 weights. Many images are 7 n pixels wide.
    @inlinable @inline(__always) package static var slidingPixels: Int { registers > 16 ? 14 : 7 }
}
