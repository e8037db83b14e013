import Mutants

/// A compile-time number of neighbouring taps of a row of a kernel.
///
/// A pixel contributes to as many sums as there are taps. Tap k of pixel j, counted from the first pixel that the tile
/// sees, contributes to sum j - k. Extra sums before and after them avoid testing taps; they are not read.
@usableFromInline package protocol TapRow {
    static var taps: Int { get }

    /// sums[j - k] += weights[k] x, for every tap k.
    static func add<V: FloatVector>(_ x: V, _ weights: InlineArray<7, V>, to sums: inout SlidingSums<V>, _ j: Int)
}

/// The sums of a tile, with room for the extra sums beside them.
@usableFromInline package struct SlidingSums<V: FloatVector> {
    /// Six before, at most fourteen for the tile, six after.
    @usableFromInline var all: InlineArray<26, V>

    @inlinable @inline(__always) package init(_ start: V) { all = InlineArray(repeating: start) }

    /// Sum t of the tile; -6 is the first of the extra sums before it.
    @inlinable @inline(__always) package subscript(_ t: Int) -> V {
        get { all[t + 6] }
        set { all[t + 6] = newValue }
    }

    /// Adds a product to sum t.
    @inlinable @inline(__always) package mutating func add(_ x: V, _ weight: V, to t: Int) {
        all[t + 6] = x.multiplyAdd(weight, all[t + 6])
    }
}

extension TapRow {
    /// The weights of the taps, stored one after the other. The last weight fills the rest.
    @inlinable @inline(__always)
    package static func weights<V: FloatVector>(at source: UnsafePointer<Float>) -> InlineArray<7, V> {
        @inline(__always) func weight(_ k: Int) -> V { V(loading: source + min(k, taps - 1) * V.lanes) }
        return [weight(0), weight(1), weight(2), weight(3), weight(4), weight(5), weight(6)]
    }
}

/// One tap at a time: for any kernel, stride and dilation.
@usableFromInline package enum OneTap: TapRow {
    @inlinable @inline(__always) package static var taps: Int { 1 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: V, _ weights: InlineArray<7, V>, to sums: inout SlidingSums<V>, _ j: Int
    ) {
        sums.add(x, weights[0], to: j)
    }
}

/// Three taps.
@usableFromInline package enum ThreeTaps: TapRow {
    @inlinable @inline(__always) package static var taps: Int { 3 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: V, _ weights: InlineArray<7, V>, to sums: inout SlidingSums<V>, _ j: Int
    ) {
        sums.add(x, weights[2 - slip(.threeTaps)], to: j - 2)
        sums.add(x, weights[1], to: j - 1)
        sums.add(x, weights[0], to: j)
    }
}

/// Five taps.
@usableFromInline package enum FiveTaps: TapRow {
    @inlinable @inline(__always) package static var taps: Int { 5 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: V, _ weights: InlineArray<7, V>, to sums: inout SlidingSums<V>, _ j: Int
    ) {
        sums.add(x, weights[4 - slip(.fiveTaps)], to: j - 4)
        sums.add(x, weights[3], to: j - 3)
        ThreeTaps.add(x, weights, to: &sums, j)
    }
}

/// Seven taps.
@usableFromInline package enum SevenTaps: TapRow {
    @inlinable @inline(__always) package static var taps: Int { 7 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: V, _ weights: InlineArray<7, V>, to sums: inout SlidingSums<V>, _ j: Int
    ) {
        sums.add(x, weights[6 - slip(.sevenTaps)], to: j - 6)
        sums.add(x, weights[5], to: j - 5)
        FiveTaps.add(x, weights, to: &sums, j)
    }
}
