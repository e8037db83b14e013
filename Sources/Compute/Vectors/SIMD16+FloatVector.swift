import CPlatform

/// 512 bits: AVX-512.
extension SIMD16<Float>: FloatVector {
    @inlinable @inline(__always) package static var lanes: Int { 16 }
    @inlinable @inline(__always) package static var registers: Int { 32 }

    @inlinable @inline(__always) package init(broadcasting value: Float) { self.init(repeating: value) }

    @inlinable @inline(__always) package init(loading source: UnsafePointer<Float>) {
        self = UnsafeRawPointer(source).loadUnaligned(as: Self.self)
    }

    @inlinable @inline(__always) package func store(to target: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(target).storeBytes(of: self, as: Self.self)
    }

    @inlinable @inline(__always) package func stream(to target: UnsafeMutablePointer<Float>) {
        withUnsafePointer(to: self) { assay_stream16(target, $0) }
    }

    @inlinable @inline(__always) package func multiplyAdd(_ factor: Self, _ addend: Self) -> Self {
        addend.addingProduct(self, factor)
    }

    @inlinable @inline(__always) package func adding(_ other: Self) -> Self { self + other }

    @inlinable @inline(__always) package func multiplied(by factor: Self) -> Self { self * factor }

    @inlinable @inline(__always) package func maximum(_ other: Self) -> Self {
        // If a lane is NaN, each comparison returns its second operand, so one of the two results is NaN. Or-ing other
        // bits into a NaN keeps it NaN. In all other lanes both results are the same.
        let a = unsafeBitCast(other.replacing(with: self, where: self .> other), to: SIMD16<UInt32>.self)
        let b = unsafeBitCast(self.replacing(with: other, where: other .> self), to: SIMD16<UInt32>.self)
        return unsafeBitCast(a | b, to: Self.self)
    }

    @inlinable @inline(__always) package func exchanged(_ distance: Int) -> Self {
        // The compiler turns constant lanes, listed one by one, into a shuffle.
        @inline(__always) func lane(_ l: Int) -> Float { self[(l ^ distance) & 15] }
        return Self(
            lane(0), lane(1), lane(2), lane(3), lane(4), lane(5), lane(6), lane(7),
            lane(8), lane(9), lane(10), lane(11), lane(12), lane(13), lane(14), lane(15))
    }

    @inlinable @inline(__always) package func exclusiveOr(_ other: Self) -> Self {
        let (a, b) = (unsafeBitCast(self, to: SIMD16<UInt32>.self), unsafeBitCast(other, to: SIMD16<UInt32>.self))
        return unsafeBitCast(a ^ b, to: Self.self)
    }

    @inlinable @inline(__always) package func subtracting(_ other: Self) -> Self { self - other }

    @inlinable @inline(__always) package func divided(by other: Self) -> Self { self / other }

    @inlinable @inline(__always) package func larger(_ other: Self) -> Self {
        replacing(with: other, where: other .> self)
    }

    @inlinable @inline(__always) package func smaller(_ other: Self) -> Self {
        replacing(with: other, where: other .< self)
    }

    @inlinable @inline(__always) package func chosen(where x: Self, isAtMost y: Self, else other: Self) -> Self {
        other.replacing(with: self, where: x .<= y)
    }

    @inlinable @inline(__always) package func lanesLess(than other: Self) -> UInt32 {
        withUnsafePointer(to: self) { x in withUnsafePointer(to: other) { assay_less16(x, $0) } }
    }

    @inlinable @inline(__always) package func scaled(byPower whole: Self) -> Self {
        let (bits, power) = (
            unsafeBitCast(self, to: SIMD16<UInt32>.self), unsafeBitCast(whole, to: SIMD16<UInt32>.self)
        )
        return unsafeBitCast(bits &+ (power &<< SIMD16<UInt32>(repeating: 23)), to: Self.self)
    }

    @inlinable @inline(__always) package func withSign(of other: Self) -> Self {
        let (bits, sign) = (unsafeBitCast(self, to: SIMD16<UInt32>.self), unsafeBitCast(other, to: SIMD16<UInt32>.self))
        let mask = SIMD16<UInt32>(repeating: 0x8000_0000)
        return unsafeBitCast((bits & ~mask) | (sign & mask), to: Self.self)
    }

    @inlinable @inline(__always) package var total: Float {
        let halves = unsafeBitCast(self, to: (SIMD8<Float>, SIMD8<Float>).self)
        return halves.0.adding(halves.1).total
    }

    @inlinable @inline(__always) package static func totals(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> SIMD4<Float>
    {
        @inline(__always) func folded(_ x: Self) -> SIMD8<Float> {
            let halves = unsafeBitCast(x, to: (SIMD8<Float>, SIMD8<Float>).self)
            return halves.0.adding(halves.1)
        }
        return SIMD8.totals(folded(a), folded(b), folded(c), folded(d))
    }

    @inlinable @inline(__always) package var greatest: Float {
        let halves = unsafeBitCast(self, to: (SIMD8<Float>, SIMD8<Float>).self)
        return halves.0.larger(halves.1).greatest
    }
}
