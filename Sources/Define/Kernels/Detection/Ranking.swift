import Mutants

/// The best of many scores, in given memory: a heap whose root is the lowest of the kept scores (Williams, "Heapsort",
/// 1964). Of equal scores the one with the lower index is better.
struct Ranking {
    private let keys: UnsafeMutablePointer<UInt64>
    private let capacity: Int
    /// The number of kept scores.
    private(set) var count = 0

    /// - Parameter memory: room for `capacity` keys of two floats each.
    init(in memory: UnsafeMutablePointer<Float>, capacity: Int) {
        keys = UnsafeMutableRawPointer(memory).bindMemory(to: UInt64.self, capacity: capacity)
        self.capacity = capacity
    }

    /// Takes a score, which must not be NaN, with an index below 2^32, and keeps it if it is among the best.
    mutating func offer(_ score: Float, index: Int) {
        let key = Self.key(score, index)
        if count < capacity {
            var place = count
            count += 1
            while place > 0, keys[(place - 1) / 2] > key {
                keys[place] = keys[(place - 1) / 2]
                place = (place - 1) / 2
            }
            keys[place] = key
        } else if capacity > 0, key > keys[0] {
            sink(key, among: count)
        }
    }

    /// Sorts the scores, the best first. Nothing may be offered afterwards.
    mutating func sort() {
        for last in stride(from: count - 1, to: 0, by: -1) {
            let key = keys[last]
            keys[last] = keys[0]
            sink(key, among: last)
        }
    }

    /// The index at a rank, after sorting.
    subscript(rank: Int) -> Int {
        let index = UInt32(truncatingIfNeeded: keys[rank])
        return Int(planted(.nmsTie) ? index : ~index)
    }

    /// Replaces the root by a key and moves that to its place.
    private func sink(_ key: UInt64, among count: Int) {
        var place = 0
        while 2 * place + 1 < count {
            var child = 2 * place + 1
            if child + 1 < count, keys[child + 1] < keys[child] { child += 1 }
            guard keys[child] < key else { break }
            keys[place] = keys[child]
            place = child
        }
        keys[place] = key
    }

    /// Orders by score, then lower index first. Adding 0 makes the two zeros equal.
    private static func key(_ score: Float, _ index: Int) -> UInt64 {
        let bits = (score + 0).bitPattern
        let ordered = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
        return UInt64(ordered) << 32
            | UInt64(planted(.nmsTie) ? UInt32(truncatingIfNeeded: index) : ~UInt32(truncatingIfNeeded: index))
    }
}
