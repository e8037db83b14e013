/// How a vector of the messages of an edge is made. A type and not a closure, so that each kind is a loop of its own.
@usableFromInline package protocol EdgeMessage {
    /// Whether it reads the source's row.
    static var readsSource: Bool { get }

    /// What it reads of the edge.
    static var edge: EdgeRead { get }

    /// The message of source elements u and edge elements e.
    static func message<V: FloatVector>(_ u: V, _ e: V) -> V

    /// sum + message(u, e), with one rounding if the instruction set can.
    static func added<V: FloatVector>(to sum: V, _ u: V, _ e: V) -> V
}

/// What a message reads of its edge.
@usableFromInline package enum EdgeRead { case nothing, number, row }

extension EdgeMessage {
    @inlinable @inline(__always) package static var readsSource: Bool { true }

    @inlinable @inline(__always)
    package static func added<V: FloatVector>(to sum: V, _ u: V, _ e: V) -> V { sum.adding(message(u, e)) }
}

/// u
@usableFromInline package enum CopySource: EdgeMessage {
    @inlinable @inline(__always) package static var edge: EdgeRead { .nothing }
    @inlinable @inline(__always) package static func message<V: FloatVector>(_ u: V, _ e: V) -> V { u }
}

/// e, a row per edge
@usableFromInline package enum CopyEdge: EdgeMessage {
    @inlinable @inline(__always) package static var readsSource: Bool { false }
    @inlinable @inline(__always) package static var edge: EdgeRead { .row }
    @inlinable @inline(__always) package static func message<V: FloatVector>(_ u: V, _ e: V) -> V { e }
}

/// u + e, a number per edge
@usableFromInline package enum AddNumber: EdgeMessage {
    @inlinable @inline(__always) package static var edge: EdgeRead { .number }
    @inlinable @inline(__always) package static func message<V: FloatVector>(_ u: V, _ e: V) -> V { u.adding(e) }
}

/// u + e, a row per edge
@usableFromInline package enum AddRow: EdgeMessage {
    @inlinable @inline(__always) package static var edge: EdgeRead { .row }
    @inlinable @inline(__always) package static func message<V: FloatVector>(_ u: V, _ e: V) -> V { u.adding(e) }
}

/// u e, a number per edge
@usableFromInline package enum MultiplyNumber: EdgeMessage {
    @inlinable @inline(__always) package static var edge: EdgeRead { .number }
    @inlinable @inline(__always) package static func message<V: FloatVector>(_ u: V, _ e: V) -> V {
        u.multiplied(by: e)
    }
    @inlinable @inline(__always)
    package static func added<V: FloatVector>(to sum: V, _ u: V, _ e: V) -> V { u.multiplyAdd(e, sum) }
}

/// u e, a row per edge
@usableFromInline package enum MultiplyRow: EdgeMessage {
    @inlinable @inline(__always) package static var edge: EdgeRead { .row }
    @inlinable @inline(__always) package static func message<V: FloatVector>(_ u: V, _ e: V) -> V {
        u.multiplied(by: e)
    }
    @inlinable @inline(__always)
    package static func added<V: FloatVector>(to sum: V, _ u: V, _ e: V) -> V { u.multiplyAdd(e, sum) }
}

/// u / e, a row per edge
@usableFromInline package enum DivideRow: EdgeMessage {
    @inlinable @inline(__always) package static var edge: EdgeRead { .row }
    @inlinable @inline(__always) package static func message<V: FloatVector>(_ u: V, _ e: V) -> V { u.divided(by: e) }
}
