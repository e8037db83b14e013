/// The two sides of a comparison.
package enum Side: String, Codable, Sendable, CaseIterable {
    case base, head

    package var other: Side { self == .base ? .head : .base }
}

/// A value for each side.
package struct Both<Value> {
    package var base: Value
    package var head: Value

    package init(base: Value, head: Value) {
        self.base = base
        self.head = head
    }

    package init(_ value: (Side) throws -> Value) rethrows {
        base = try value(.base)
        head = try value(.head)
    }

    /// In order of occurrence.
    package init(_ side: Side, _ value: Value, then other: Value) {
        self = side == .base ? Both(base: value, head: other) : Both(base: other, head: value)
    }

    package subscript(side: Side) -> Value {
        get { side == .base ? base : head }
        set { if side == .base { base = newValue } else { head = newValue } }
    }

    package func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Both<Other> {
        Both<Other>(base: try transform(base), head: try transform(head))
    }
}

extension Both: Sendable where Value: Sendable {}
extension Both: Equatable where Value: Equatable {}
extension Both: Hashable where Value: Hashable {}
extension Both: Encodable where Value: Encodable {}
extension Both: Decodable where Value: Decodable {}
