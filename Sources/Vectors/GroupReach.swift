/// A `Reach` that the compiler knows: how a vector of outputs gathers a pixel.
@usableFromInline package protocol GroupReach {
    /// Input channels that one step takes; the steps of a tap are the inputs of a group divided by it.
    static var inputs: Int { get }

    /// The sum, and the product of the step's inputs at x with the weights, [inputs][lanes].
    static func add<V: FloatVector>(_ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, to sum: V) -> V
}

/// `Reach.lane`
@usableFromInline package enum LaneReach: GroupReach {
    @inlinable @inline(__always) package static var inputs: Int { 1 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, to sum: V
    ) -> V {
        V(loading: x).multiplyAdd(V(loading: weight), sum)
    }
}

/// `Reach.all`
@usableFromInline package enum WholeReach: GroupReach {
    @inlinable @inline(__always) package static var inputs: Int { 1 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, to sum: V
    ) -> V {
        V(broadcasting: x[0]).multiplyAdd(V(loading: weight), sum)
    }
}

/// `Reach.four`
@usableFromInline package enum FourReach: GroupReach {
    @inlinable @inline(__always) package static var inputs: Int { 4 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, to sum: V
    ) -> V {
        let x = V(loading: x)
        var sum = sum
        sum = x.broadcastWithin(4, 0).multiplyAdd(V(loading: weight), sum)
        sum = x.broadcastWithin(4, 1).multiplyAdd(V(loading: weight + 1 * V.lanes), sum)
        sum = x.broadcastWithin(4, 2).multiplyAdd(V(loading: weight + 2 * V.lanes), sum)
        sum = x.broadcastWithin(4, 3).multiplyAdd(V(loading: weight + 3 * V.lanes), sum)
        return sum
    }
}

/// `Reach.eight`
@usableFromInline package enum EightReach: GroupReach {
    @inlinable @inline(__always) package static var inputs: Int { 8 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, to sum: V
    ) -> V {
        let x = V(loading: x)
        var sum = sum
        sum = x.broadcastWithin(8, 0).multiplyAdd(V(loading: weight), sum)
        sum = x.broadcastWithin(8, 1).multiplyAdd(V(loading: weight + 1 * V.lanes), sum)
        sum = x.broadcastWithin(8, 2).multiplyAdd(V(loading: weight + 2 * V.lanes), sum)
        sum = x.broadcastWithin(8, 3).multiplyAdd(V(loading: weight + 3 * V.lanes), sum)
        sum = x.broadcastWithin(8, 4).multiplyAdd(V(loading: weight + 4 * V.lanes), sum)
        sum = x.broadcastWithin(8, 5).multiplyAdd(V(loading: weight + 5 * V.lanes), sum)
        sum = x.broadcastWithin(8, 6).multiplyAdd(V(loading: weight + 6 * V.lanes), sum)
        sum = x.broadcastWithin(8, 7).multiplyAdd(V(loading: weight + 7 * V.lanes), sum)
        return sum
    }
}
