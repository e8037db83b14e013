/// Vectors from and to any place in memory.
extension SIMD where Scalar == Float {
    /// The elements from here on.
    @inline(__always) init(at elements: UnsafePointer<Float>) {
        self = UnsafeRawPointer(elements).loadUnaligned(as: Self.self)
    }

    /// Writes the elements from here on.
    @inline(__always) func store(at elements: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(elements).storeBytes(of: self, as: Self.self)
    }
}
