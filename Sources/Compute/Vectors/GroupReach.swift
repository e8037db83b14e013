/// A compile-time `Reach`: the views of a pixel that a vector of outputs multiplies by its weights.
///
/// If groups are narrower than a vector, view i exchanges lanes by the distance i. Over all i < inputs, each lane then
/// meets every channel of its group once, and none of another group.
@usableFromInline package protocol GroupReach {
    /// The number of views per pixel.
    static var views: Int { get }

    /// Whether a run takes one step per input of a group, instead of one step for all.
    static var hasSteps: Bool { get }

    /// View i of a pixel; x is its first channel for this vector and step.
    static func view<V: FloatVector>(_ i: Int, of x: UnsafePointer<Float>) -> V
}

extension GroupReach {
    @inlinable @inline(__always) package static var hasSteps: Bool { false }
}

/// `Reach.lane`
@usableFromInline package enum LaneReach: GroupReach {
    @inlinable @inline(__always) package static var views: Int { 1 }

    @inlinable @inline(__always)
    package static func view<V: FloatVector>(_ i: Int, of x: UnsafePointer<Float>) -> V { V(loading: x) }
}

/// `Reach.four`
@usableFromInline package enum FourReach: GroupReach {
    @inlinable @inline(__always) package static var views: Int { 4 }

    @inlinable @inline(__always)
    package static func view<V: FloatVector>(_ i: Int, of x: UnsafePointer<Float>) -> V { V(loading: x).exchanged(i) }
}

/// `Reach.eight`
@usableFromInline package enum EightReach: GroupReach {
    @inlinable @inline(__always) package static var views: Int { 8 }

    @inlinable @inline(__always)
    package static func view<V: FloatVector>(_ i: Int, of x: UnsafePointer<Float>) -> V { V(loading: x).exchanged(i) }
}

/// `Reach.all`
@usableFromInline package enum WholeReach: GroupReach {
    @inlinable @inline(__always) package static var views: Int { 1 }
    @inlinable @inline(__always) package static var hasSteps: Bool { true }

    @inlinable @inline(__always)
    package static func view<V: FloatVector>(_ i: Int, of x: UnsafePointer<Float>) -> V { V(broadcasting: x[0]) }
}
