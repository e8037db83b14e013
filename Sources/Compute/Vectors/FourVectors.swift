/// Four registers side by side, unrolled by hand: a loop over accumulators would put them on the stack.
@usableFromInline package struct FourVectors<V: FloatVector> {
    @usableFromInline package var a: V
    @usableFromInline package var b: V
    @usableFromInline package var c: V
    @usableFromInline package var d: V

    /// Floats in all four.
    @inlinable @inline(__always) package static var count: Int { 4 * V.lanes }

    @inlinable @inline(__always) package init(_ a: V, _ b: V, _ c: V, _ d: V) {
        self.a = a
        self.b = b
        self.c = c
        self.d = d
    }

    @inlinable @inline(__always) package static var zero: Self { Self(.zero, .zero, .zero, .zero) }

    @inlinable @inline(__always) package init(loading source: UnsafePointer<Float>) {
        self.init(
            V(loading: source), V(loading: source + V.lanes), V(loading: source + 2 * V.lanes),
            V(loading: source + 3 * V.lanes))
    }

    @inlinable @inline(__always) package func store(to target: UnsafeMutablePointer<Float>) {
        a.store(to: target)
        b.store(to: target + V.lanes)
        c.store(to: target + 2 * V.lanes)
        d.store(to: target + 3 * V.lanes)
    }

    @inlinable @inline(__always) package func multiplyAdd(_ factor: V, _ addend: V) -> Self {
        Self(
            a.multiplyAdd(factor, addend), b.multiplyAdd(factor, addend), c.multiplyAdd(factor, addend),
            d.multiplyAdd(factor, addend))
    }

    /// self * factor + addend
    @inlinable @inline(__always) package func multiplyAdd(_ factor: V, _ addend: Self) -> Self {
        Self(
            a.multiplyAdd(factor, addend.a), b.multiplyAdd(factor, addend.b), c.multiplyAdd(factor, addend.c),
            d.multiplyAdd(factor, addend.d))
    }

    @inlinable @inline(__always) package func exclusiveOr(_ other: Self) -> Self {
        Self(a.exclusiveOr(other.a), b.exclusiveOr(other.b), c.exclusiveOr(other.c), d.exclusiveOr(other.d))
    }
}
