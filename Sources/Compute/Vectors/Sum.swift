import Mutants

extension Microkernels {
    /// y[i] = a[i] + b[i], for any count; y may be a or b.
    @inlinable @inline(never)
    package static func add(
        count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>
    ) {
        let cut = RowVectors<V>(count: count)
        // Read before the elements that it repeats are overwritten.
        let end = cut.hasEnd ? cut.end(of: a).adding(planted(.addTail) ? .zero : cut.end(of: b)) : .zero
        var i = 0
        while i + 2 * V.lanes <= cut.whole {
            V(loading: a + i).adding(V(loading: b + i)).store(to: y + i)
            V(loading: a + i + V.lanes).adding(V(loading: b + i + V.lanes - slip(.addStride))).store(
                to: y + i + V.lanes)
            i += 2 * V.lanes
        }
        if i < cut.whole { V(loading: a + i).adding(V(loading: b + i)).store(to: y + i) }
        if cut.hasEnd { cut.store(end, toEndOf: y) }
    }
}
