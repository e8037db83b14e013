extension Microkernels {
    /// A number that is not less than the `rank` least numbers of a row, and not much more than the last of them;
    /// infinity if the row has not as many finite numbers in different groups.
    ///
    /// The row is dealt out to about twice as many groups as numbers are wanted. The least of each group is a number of
    /// the row, so the bound of `rank` of these is one of `rank` numbers. It is found by halving.
    ///
    /// - Parameters:
    ///   - row: numbers of at least 0, in whole vectors; what stands behind the last number is infinite or NaN.
    ///   - least: room for as many floats as there are in the row's vectors.
    @inlinable @inline(never)
    package static func rankBound(
        _ rank: Int, of row: UnsafePointer<Float>, count: Int, least: UnsafeMutablePointer<Float>
    ) -> Float {
        let vectors = (count + V.lanes - 1) / V.lanes
        let groups = min(vectors, (2 * rank + V.lanes - 1) / V.lanes)
        let finite = V(broadcasting: .greatestFiniteMagnitude)
        var greatest = V.zero
        for group in 0..<groups {
            var lowest = V(broadcasting: .infinity)
            var vector = group
            while vector < vectors {
                lowest = lowest.smaller(V(loading: row + vector * V.lanes))
                vector += groups
            }
            lowest.store(to: least + group * V.lanes)
            greatest = greatest.larger(lowest.chosen(where: lowest, isAtMost: finite, else: .zero))
        }
        /// How many groups have a least number of at most this.
        @inline(__always) func leastNumbers(atMost bound: Float) -> Int {
            let bound = V(broadcasting: bound)
            var more = 0
            for group in 0..<groups {
                more += bound.lanesLess(than: V(loading: least + group * V.lanes)).nonzeroBitCount
            }
            return groups * V.lanes - more
        }
        var (low, high) = (Float(0), greatest.greatest)
        guard leastNumbers(atMost: high) >= rank else { return .infinity }
        for _ in 0..<6 {
            let middle = low + (high - low) / 2
            if leastNumbers(atMost: middle) >= rank { high = middle } else { low = middle }
        }
        return high
    }

    /// Lists the places of a row whose numbers are neither less than `least` nor more than `most`, in order; those of NaNs
    /// too. Returns how many there are.
    ///
    /// - Parameters:
    ///   - row: `count` numbers, then anything up to the end of a vector.
    ///   - places: room for `count` + 2 numbers.
    @inlinable @inline(never)
    package static func places(
        of row: UnsafePointer<Float>, count: Int, least: Float, most: Float,
        into places: UnsafeMutablePointer<Int32>
    ) -> Int {
        let (low, high) = (V(broadcasting: least), V(broadcasting: most))
        let all = UInt32(truncatingIfNeeded: 1 << V.lanes - 1)
        var (found, first) = (0, 0)
        while first < count {
            let x = V(loading: row + first)
            var wanted = ~(x.lanesLess(than: low) | high.lanesLess(than: x)) & all
            if first + V.lanes > count { wanted &= UInt32(truncatingIfNeeded: 1 << (count - first) - 1) }
            // Seldom more than two: those are written whether they are wanted or not, which is no branch to guess.
            let number = wanted.nonzeroBitCount
            places[found] = Int32(truncatingIfNeeded: first + wanted.trailingZeroBitCount)
            wanted &= wanted &- 1
            places[found + 1] = Int32(truncatingIfNeeded: first + wanted.trailingZeroBitCount)
            wanted &= wanted &- 1
            var next = found + 2
            while wanted != 0 {
                places[next] = Int32(truncatingIfNeeded: first + wanted.trailingZeroBitCount)
                next += 1
                wanted &= wanted &- 1
            }
            found += number
            first += V.lanes
        }
        return found
    }

    /// Writes how many of some numbers are less than each one. It compares every pair, which is the fastest way to sort a few
    /// numbers.
    ///
    /// - Parameter values: `count` numbers, then infinities or NaN up to the end of a vector.
    @inlinable @inline(never)
    package static func ranks(
        of values: UnsafePointer<Float>, count: Int, into ranks: UnsafeMutablePointer<Int32>
    ) {
        for number in 0..<count {
            let x = V(broadcasting: values[number])
            var (less, first) = (0, 0)
            while first < count {
                less += V(loading: values + first).lanesLess(than: x).nonzeroBitCount
                first += V.lanes
            }
            ranks[number] = Int32(truncatingIfNeeded: less)
        }
    }
}
