/// How a row is cut into vectors: whole ones, and for remaining elements a last one that ends at the end of the row.
/// Its first lanes repeat the vector before it. If the row is shorter than a vector, they are zeros.
@usableFromInline package struct RowVectors<V: FloatVector> {
    /// Elements of the row.
    @usableFromInline package let count: Int
    /// Elements in whole vectors.
    @usableFromInline package let whole: Int
    /// 0 in the lanes of the last vector that are new, 1 in the repeated ones.
    @usableFromInline let repeated: V

    @inlinable @inline(__always) package init(count: Int) {
        self.count = count
        whole = count - count % V.lanes
        let new = count % V.lanes
        repeated = withUnsafeTemporaryAllocation(of: Float.self, capacity: V.lanes) { lanes in
            guard let lanes = lanes.baseAddress else { return .zero }
            for i in 0..<V.lanes { lanes[i] = i < V.lanes - new ? 1 : 0 }
            return V(loading: lanes)
        }
    }

    /// Whether there is a last vector after the whole ones.
    @inlinable @inline(__always) package var hasEnd: Bool { whole < count }

    /// The last vector of a row.
    @inlinable @inline(__always) package func end(of row: UnsafePointer<Float>) -> V {
        guard count < V.lanes else { return V(loading: row + count - V.lanes) }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: V.lanes) { lanes in
            guard let lanes = lanes.baseAddress else { return .zero }
            V.zero.store(to: lanes)
            for i in 0..<count { lanes[V.lanes - count + i] = row[i] }
            return V(loading: lanes)
        }
    }

    /// Writes the last vector of a row.
    @inlinable @inline(__always) package func store(_ end: V, toEndOf row: UnsafeMutablePointer<Float>) {
        guard count < V.lanes else {
            end.store(to: row + count - V.lanes)
            return
        }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: V.lanes) { lanes in
            guard let lanes = lanes.baseAddress else { return }
            end.store(to: lanes)
            for i in 0..<count { row[i] = lanes[V.lanes - count + i] }
        }
    }

    /// The new lanes of a last vector, and `other` in the rest.
    @inlinable @inline(__always) package func new(_ end: V, else other: V) -> V {
        end.chosen(where: repeated, isAtMost: .zero, else: other)
    }

    /// The sum of a term over a row.
    @inlinable @inline(__always) package func sum<T: RowTerm>(_ row: UnsafePointer<Float>, of term: T) -> Float
    where T.Vector == V {
        var (a, b, c, d) = (V.zero, V.zero, V.zero, V.zero)
        var i = 0
        while i + 4 * V.lanes <= whole {
            a = term.added(V(loading: row + i), to: a)
            b = term.added(V(loading: row + i + V.lanes), to: b)
            c = term.added(V(loading: row + i + 2 * V.lanes), to: c)
            d = term.added(V(loading: row + i + 3 * V.lanes), to: d)
            i += 4 * V.lanes
        }
        while i < whole {
            a = term.added(V(loading: row + i), to: a)
            i += V.lanes
        }
        if hasEnd { b = b.adding(new(term.added(end(of: row), to: .zero), else: .zero)) }
        return a.adding(b).adding(c.adding(d)).total
    }

    /// The largest element of a row; NaN is ignored.
    @inlinable @inline(__always) package func largest(_ row: UnsafePointer<Float>) -> Float {
        let least = V(broadcasting: -.infinity)
        var (a, b) = (least, least)
        var i = 0
        while i + 2 * V.lanes <= whole {
            a = a.larger(V(loading: row + i))
            b = b.larger(V(loading: row + i + V.lanes))
            i += 2 * V.lanes
        }
        if i < whole { a = a.larger(V(loading: row + i)) }
        if hasEnd { b = b.larger(new(end(of: row), else: least)) }
        return a.larger(b).greatest
    }
}

/// The term that a sum over a row adds up. A type instead of a closure, so that each kind gets its own loop.
@usableFromInline package protocol RowTerm<Vector> {
    associatedtype Vector: FloatVector

    /// The sum plus the term of x.
    func added(_ x: Vector, to sum: Vector) -> Vector
}
