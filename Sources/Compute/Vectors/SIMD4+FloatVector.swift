import CPlatform

/// 128 bits: SSE2 or NEON.
extension SIMD4<Float>: FloatVector {
    @inlinable @inline(__always) package static var lanes: Int { 4 }
    @inlinable @inline(__always) package static var registers: Int { 16 }

    @inlinable @inline(__always) package init(broadcasting value: Float) { self.init(repeating: value) }

    @inlinable @inline(__always) package init(loading source: UnsafePointer<Float>) {
        self = UnsafeRawPointer(source).loadUnaligned(as: Self.self)
    }

    @inlinable @inline(__always) package func store(to target: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(target).storeBytes(of: self, as: Self.self)
    }

    @inlinable @inline(__always) package func stream(to target: UnsafeMutablePointer<Float>) {
        withUnsafePointer(to: self) { assay_stream4(target, $0) }
    }

    @inlinable @inline(__always) package func multiplyAdd(_ factor: Self, _ addend: Self) -> Self {
        #if arch(x86_64)
            // SSE2 has no fused multiply-add: asking for one would call fmaf for each lane.
            self * factor + addend
        #else
            addend.addingProduct(self, factor)
        #endif
    }

    @inlinable @inline(__always) package func adding(_ other: Self) -> Self { self + other }

    @inlinable @inline(__always) package func multiplied(by factor: Self) -> Self { self * factor }

    @inlinable @inline(__always) package func maximum(_ other: Self) -> Self {
        // If a lane is NaN, each comparison returns its second operand, so one of the two results is NaN. Or-ing other
        // bits into a NaN keeps it NaN. In all other lanes both results are the same.
        let a = unsafeBitCast(other.replacing(with: self, where: self .> other), to: SIMD4<UInt32>.self)
        let b = unsafeBitCast(self.replacing(with: other, where: other .> self), to: SIMD4<UInt32>.self)
        return unsafeBitCast(a | b, to: Self.self)
    }

    @inlinable @inline(__always) package func exchanged(_ distance: Int) -> Self {
        // The compiler turns constant lanes, listed one by one, into a shuffle.
        @inline(__always) func lane(_ l: Int) -> Float { self[(l ^ distance) & 3] }
        return Self(
            lane(0), lane(1), lane(2), lane(3))
    }

    @inlinable @inline(__always) package func exclusiveOr(_ other: Self) -> Self {
        let (a, b) = (unsafeBitCast(self, to: SIMD4<UInt32>.self), unsafeBitCast(other, to: SIMD4<UInt32>.self))
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
        withUnsafePointer(to: self) { x in withUnsafePointer(to: other) { assay_less4(x, $0) } }
    }

    @inlinable @inline(__always) package func scaled(byPower whole: Self) -> Self {
        let (bits, power) = (unsafeBitCast(self, to: SIMD4<UInt32>.self), unsafeBitCast(whole, to: SIMD4<UInt32>.self))
        return unsafeBitCast(bits &+ (power &<< SIMD4<UInt32>(repeating: 23)), to: Self.self)
    }

    @inlinable @inline(__always) package func withSign(of other: Self) -> Self {
        let (bits, sign) = (unsafeBitCast(self, to: SIMD4<UInt32>.self), unsafeBitCast(other, to: SIMD4<UInt32>.self))
        let mask = SIMD4<UInt32>(repeating: 0x8000_0000)
        return unsafeBitCast((bits & ~mask) | (sign & mask), to: Self.self)
    }

    @inlinable @inline(__always) package var total: Float {
        let two = self.lowHalf + self.highHalf
        return two[0] + two[1]
    }

    @inlinable @inline(__always) package static func totals(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> SIMD4<Float>
    {
        // Sums of two lanes each, those of a and b side by side, then of c and d. Then the sums of those.
        let ab = Self(a[0], b[0], a[1], b[1]) + Self(a[2], b[2], a[3], b[3])
        let cd = Self(c[0], d[0], c[1], d[1]) + Self(c[2], d[2], c[3], d[3])
        return Self(ab[0], ab[1], cd[0], cd[1]) + Self(ab[2], ab[3], cd[2], cd[3])
    }

    @inlinable @inline(__always) package var greatest: Float {
        // One by one: code generic over vectors of two compares them in mask registers.
        let (a, b) = (self[0] > self[1] ? self[0] : self[1], self[2] > self[3] ? self[2] : self[3])
        return a > b ? a : b
    }
}
