import Mutants

/// Neighbouring taps of a row of a kernel, so many that the compiler knows.
///
/// A pixel has a part in as many sums as there are taps: tap k of pixel j, counted from the first that the tile sees, in
/// sum j - k. Sums before the first and after the last are there so that no tap is tested; nobody reads them.
@usableFromInline package protocol TapRow {
    static var taps: Int { get }

    /// sums[j - k] += weights[k] x, for every tap k.
    static func add<V: FloatVector>(_ x: V, _ weights: InlineArray<7, V>, to sums: inout SlidingSums<V>, _ j: Int)
}

/// The sums of a tile, and room for those of the pixels beside it.
@usableFromInline package struct SlidingSums<V: FloatVector> {
    /// Six, a tile of at most fourteen, six.
    @usableFromInline var all: InlineArray<26, V>

    @inlinable @inline(__always) package init(_ start: V) { all = InlineArray(repeating: start) }

    /// Sum t of the tile; -6 is the first of those before it.
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
    /// The weights of the taps, which stand one after the other; what goes beyond them is the last again.
    @inlinable @inline(__always)
    package static func weights<V: FloatVector>(at source: UnsafePointer<Float>) -> InlineArray<7, V> {
        @inline(__always) func weight(_ k: Int) -> V { V(loading: source + min(k, taps - 1) * V.lanes) }
        return [weight(0), weight(1), weight(2), weight(3), weight(4), weight(5), weight(6)]
    }
}

/// One tap at a time: any kernel, stride and dilation.
@usableFromInline package enum OneTap: TapRow {
    @inlinable @inline(__always) package static var taps: Int { 1 }

    @inlinable @inline(__always)
    package static func add<V: FloatVector>(
        _ x: V, _ weights: InlineArray<7, V>, to sums: inout SlidingSums<V>, _ j: Int
    ) {
        sums.add(x, weights[0], to: j)
    }
}

/// Three.
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

/// Five.
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

/// Seven.
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
