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
