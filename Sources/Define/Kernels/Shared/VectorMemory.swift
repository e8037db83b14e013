/// Loads and stores vectors at any place in memory.
extension SIMD where Scalar == Float {
    /// Loads the elements from here on.
    @inline(__always) init(at elements: UnsafePointer<Float>) {
        self = UnsafeRawPointer(elements).loadUnaligned(as: Self.self)
    }

    /// Writes the elements from here on.
    @inline(__always) func store(at elements: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(elements).storeBytes(of: self, as: Self.self)
    }
}
