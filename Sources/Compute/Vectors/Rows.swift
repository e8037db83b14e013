extension Microkernels {
    /// target[i] = source[i] factor, for any count; source and target do not overlap.
    @inlinable @inline(never)
    package static func scale(
        count: Int, _ source: UnsafePointer<Float>, factor: Float,
        into target: UnsafeMutablePointer<Float>
    ) {
        guard count >= V.lanes else {
            for i in 0..<count { target[i] = source[i] * factor }
            return
        }
        let factors = V(broadcasting: factor)
        var i = 0
        while i < count {
            // The last vector ends at the last element and overlaps the one before.
            i = i + V.lanes > count ? count - V.lanes : i
            V(loading: source + i).multiplied(by: factors).store(to: target + i)
            i += V.lanes
        }
    }

    /// target[r] = the dot product of x and rows[r], for rows of `count` floats, a multiple of the vector length.
    @inlinable @inline(never)
    package static func dotProducts(
        _ x: UnsafePointer<Float>, count: Int, rows: UnsafePointer<Float>, number: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        for r in 0..<number {
            let row = rows + r * count
            var (a, b, c, d) = (V.zero, V.zero, V.zero, V.zero)
            var i = 0
            while i + 4 * V.lanes <= count {
                a = V(loading: x + i).multiplyAdd(V(loading: row + i), a)
                b = V(loading: x + i + V.lanes).multiplyAdd(V(loading: row + i + V.lanes), b)
                c = V(loading: x + i + 2 * V.lanes).multiplyAdd(V(loading: row + i + 2 * V.lanes), c)
                d = V(loading: x + i + 3 * V.lanes).multiplyAdd(V(loading: row + i + 3 * V.lanes), d)
                i += 4 * V.lanes
            }
            while i < count {
                a = V(loading: x + i).multiplyAdd(V(loading: row + i), a)
                i += V.lanes
            }
            target[r] = a.adding(b).adding(c.adding(d)).total
        }
    }

    /// target = target factor + the sum of weights[r] rows[r]; `count` floats per row, a multiple of the vector length.
    @inlinable @inline(never)
    package static func weightedSum(
        weights: UnsafePointer<Float>, rows: UnsafePointer<Float>, number: Int, count: Int,
        _ target: UnsafeMutablePointer<Float>, factor: Float
    ) {
        let scale = V(broadcasting: factor)
        let four = FourVectors<V>.count
        var i = 0
        while i + 2 * four <= count {
            var x = FourVectors<V>(loading: target + i).multiplyAdd(scale, FourVectors.zero)
            var y = FourVectors<V>(loading: target + i + four).multiplyAdd(scale, FourVectors.zero)
            for r in 0..<number {
                let (weight, row) = (V(broadcasting: weights[r]), rows + r * count + i)
                x = FourVectors(loading: row).multiplyAdd(weight, x)
                y = FourVectors(loading: row + four).multiplyAdd(weight, y)
            }
            x.store(to: target + i)
            y.store(to: target + i + four)
            i += 2 * four
        }
        while i + four <= count {
            var x = FourVectors<V>(loading: target + i).multiplyAdd(scale, FourVectors.zero)
            for r in 0..<number {
                x = FourVectors(loading: rows + r * count + i).multiplyAdd(V(broadcasting: weights[r]), x)
            }
            x.store(to: target + i)
            i += four
        }
        while i < count {
            var x = V(loading: target + i).multiplied(by: scale)
            for r in 0..<number {
                x = V(loading: rows + r * count + i).multiplyAdd(V(broadcasting: weights[r]), x)
            }
            x.store(to: target + i)
            i += V.lanes
        }
    }
}
