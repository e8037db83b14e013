/// 512 bits: AVX-512.
extension SIMD16<Float>: FloatVector {
    @inlinable @inline(__always) package static var lanes: Int { 16 }

    @inlinable @inline(__always) package init(broadcasting value: Float) { self.init(repeating: value) }

    @inlinable @inline(__always) package init(loading source: UnsafePointer<Float>) {
        self = UnsafeRawPointer(source).loadUnaligned(as: Self.self)
    }

    @inlinable @inline(__always) package func store(to target: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(target).storeBytes(of: self, as: Self.self)
    }

    @inlinable @inline(__always) package func multiplyAdd(_ factor: Self, _ addend: Self) -> Self {
        addend.addingProduct(self, factor)
    }

    @inlinable @inline(__always) package func exclusiveOr(_ other: Self) -> Self {
        let (a, b) = (unsafeBitCast(self, to: SIMD16<UInt32>.self), unsafeBitCast(other, to: SIMD16<UInt32>.self))
        return unsafeBitCast(a ^ b, to: Self.self)
    }
}
