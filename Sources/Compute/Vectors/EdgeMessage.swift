import Mutants

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

/// How the messages that reach a row become one, or the pixels of a window.
@usableFromInline package protocol MessageReduction {
    /// What the first message is combined with.
    static var start: Float { get }

    /// The messages so far and one more.
    static func combine<V: FloatVector>(_ reduced: V, _ message: V) -> V

    /// The same with a message made of u and e. Messages for a minimum are kept with the other sign: `sign` is the sign bit then,
    /// and 0 otherwise.
    static func combine<M: EdgeMessage, V: FloatVector>(_ kind: M.Type, _ reduced: V, _ u: V, _ e: V, sign: V) -> V
}

/// The sum of the messages.
@usableFromInline package enum SumOfMessages: MessageReduction {
    @inlinable @inline(__always) package static var start: Float { 0 }
    @inlinable @inline(__always)
    package static func combine<V: FloatVector>(_ sum: V, _ message: V) -> V { sum.adding(message) }
    @inlinable @inline(__always)
    package static func combine<M: EdgeMessage, V: FloatVector>(
        _ kind: M.Type, _ sum: V, _ u: V, _ e: V, sign: V
    ) -> V { M.added(to: sum, u, e) }
}

/// The largest message, or the least with its sign changed.
@usableFromInline package enum ExtremeOfMessages: MessageReduction {
    @inlinable @inline(__always) package static var start: Float { -.infinity }
    @inlinable @inline(__always)
    package static func combine<V: FloatVector>(_ largest: V, _ message: V) -> V { largest.maximum(message) }
    @inlinable @inline(__always)
    package static func combine<M: EdgeMessage, V: FloatVector>(
        _ kind: M.Type, _ largest: V, _ u: V, _ e: V, sign: V
    ) -> V { largest.maximum(M.message(u, e).exclusiveOr(sign)) }
}
