import Instructions
import Vectors

/// The nearest of many points by their distances in `Float`, in given memory. Where these are too close to each other, the
/// distances in `Double` decide.
struct NearestSelection {
    /// How many points are wanted: at least 1.
    let wanted: Int
    let dimensions: Int
    private let margin: DistanceMargin
    /// Room for a number per point, and 32 more.
    private let list: UnsafeMutablePointer<Int32>
    /// Room for a number per point and padding.
    private let least: UnsafeMutablePointer<Float>
    private let ranks: UnsafeMutablePointer<Int32>
    /// The bits of a distance, which order like it, above the number of its point.
    private let keys: UnsafeMutablePointer<UInt64>
    private let near: UnsafeMutablePointer<DistantPoint>

    init(
        wanted: Int, dimensions: Int, least: UnsafeMutablePointer<Float>, list: UnsafeMutablePointer<Int32>,
        ranks: UnsafeMutablePointer<Int32>, keys: UnsafeMutablePointer<UInt64>, near: UnsafeMutablePointer<DistantPoint>
    ) {
        self.wanted = wanted
        self.dimensions = dimensions
        margin = DistanceMargin(dimensions: dimensions)
        self.least = least
        self.list = list
        self.ranks = ranks
        self.keys = keys
        self.near = near
    }

    /// The point at a rank below `wanted`.
    func point(_ rank: Int) -> Int { Int(UInt32(truncatingIfNeeded: keys[rank])) }

    private func distance(_ rank: Int) -> Float {
        Float(bitPattern: UInt32(truncatingIfNeeded: keys[rank] >> 32))
    }

    /// Finds the nearest points of a centre.
    ///
    /// - Parameters:
    ///   - row: the distances in `Float`, at least `wanted`, of all points; then infinities or NaN up to a whole vector.
    ///   - points: [count, dimensions]
    func select(from row: UnsafePointer<Float>, count: Int, of points: UnsafePointer<Float>, centre: Int) {
        let bound = microkernels.rankBound(wanted, of: row, count: count, least: least)
        let found = microkernels.places(
            of: row, count: count, least: -.infinity, most: margin.above(bound), into: list)
        sort(found, by: row)
        var start = 0
        while start < wanted {
            var end = start + 1
            while end < found, distance(end) <= margin.above(distance(end - 1)) { end += 1 }
            if end > start + 1 { decide(start..<end, of: points, centre) }
            start = end
        }
    }

    /// Up to so many candidates are sorted by comparing every pair.
    private static let few = 512

    /// Sorts the listed candidates by their distances in `Float`; of equally distant ones the listed order stays.
    private func sort(_ found: Int, by row: UnsafePointer<Float>) {
        func key(_ candidate: Int) -> UInt64 {
            let distance = row[Int(list[candidate])]
            let bits = distance.isNaN ? Float.infinity.bitPattern : distance.bitPattern
            return UInt64(bits) << 32 | UInt64(UInt32(bitPattern: list[candidate]))
        }
        guard found <= Self.few else {
            for candidate in 0..<found { keys[candidate] = key(candidate) }
            return keys.sort(found)
        }
        let values = least
        for candidate in 0..<found { values[candidate] = Float(bitPattern: UInt32(key(candidate) >> 32)) }
        let padded = (found + 15) / 16 * 16
        (values + found).update(repeating: .infinity, count: padded - found)
        microkernels.ranks(of: values, count: found, into: ranks)
        // No key has all bits set. Equal numbers have the same rank, and those behind it are free for them.
        keys.update(repeating: .max, count: found)
        for candidate in 0..<found {
            var rank = Int(ranks[candidate])
            while keys[rank] != .max { rank += 1 }
            keys[rank] = key(candidate)
        }
    }

    /// Sorts candidates by their distances in `Double`.
    private func decide(_ ranks: Range<Int>, of points: UnsafePointer<Float>, _ centre: Int) {
        for (place, rank) in ranks.enumerated() {
            let distance = exactDistance(
                points + point(rank) * dimensions, points + centre * dimensions, dimensions)
            near[place] = DistantPoint(
                distance: distance.isNaN ? .infinity : distance, point: Int32(truncatingIfNeeded: point(rank)))
        }
        near.sort(ranks.count)
        for (place, rank) in ranks.enumerated() {
            keys[rank] = keys[rank] & ~UInt64(UInt32.max) | UInt64(UInt32(bitPattern: near[place].point))
        }
    }
}
