import Mutants

/// How the messages that reach a row are combined. A type instead of a closure, so that each kind gets its own loop.
@usableFromInline package protocol MessageReduction {
    /// The value that the first message is combined with.
    static var start: Float { get }

    static var isWeighted: Bool { get }

    static func combine<V: FloatVector>(_ reduced: V, _ x: V, _ weight: V) -> V
}

extension MessageReduction {
    /// The weight of an edge; an unused value if edges have no weights.
    @inlinable @inline(__always)
    package static func weight<V: FloatVector>(_ rows: SparseRows, _ edge: Int) -> V {
        guard isWeighted, let weights = rows.weights else { return .zero }
        return V(broadcasting: weights[planted(.spmmWeight) ? 0 : edge])
    }
}

@usableFromInline package enum SumOfMessages: MessageReduction {
    @inlinable @inline(__always) package static var start: Float { 0 }
    @inlinable @inline(__always) package static var isWeighted: Bool { false }
    @inlinable @inline(__always)
    package static func combine<V: FloatVector>(_ sum: V, _ x: V, _ weight: V) -> V { sum.adding(x) }
}

@usableFromInline package enum SumOfWeightedMessages: MessageReduction {
    @inlinable @inline(__always) package static var start: Float { 0 }
    @inlinable @inline(__always) package static var isWeighted: Bool { true }
    @inlinable @inline(__always)
    package static func combine<V: FloatVector>(_ sum: V, _ x: V, _ weight: V) -> V { x.multiplyAdd(weight, sum) }
}

@usableFromInline package enum MaximumOfMessages: MessageReduction {
    @inlinable @inline(__always) package static var start: Float { -.infinity }
    @inlinable @inline(__always) package static var isWeighted: Bool { false }
    @inlinable @inline(__always)
    package static func combine<V: FloatVector>(_ largest: V, _ x: V, _ weight: V) -> V { largest.maximum(x) }
}

@usableFromInline package enum MaximumOfWeightedMessages: MessageReduction {
    @inlinable @inline(__always) package static var start: Float { -.infinity }
    @inlinable @inline(__always) package static var isWeighted: Bool { true }
    @inlinable @inline(__always)
    package static func combine<V: FloatVector>(_ largest: V, _ x: V, _ weight: V) -> V {
        largest.maximum(x.multiplied(by: weight))
    }
}
