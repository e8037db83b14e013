import Mutants

/// Rows of scores for a step of an online softmax, and its state per row (Milakov and Gimelshein, "Online normalizer
/// calculation for softmax", 2018).
@usableFromInline package struct ScoreRows {
    @usableFromInline package let count: Int
    /// [count][stride], the stride a multiple of a vector: scores times log2 e, which their exponentials replace.
    @usableFromInline package let scores: UnsafeMutablePointer<Float>
    @usableFromInline package let stride: Int
    /// The number of scores per row that count; they come first.
    @usableFromInline package let seen: UnsafePointer<Int>
    /// The elements after them, up to here, are set to 0.
    @usableFromInline package let depth: Int
    /// The largest score of each row so far; starts as a finite number.
    @usableFromInline package let largest: UnsafeMutablePointer<Float>
    /// The sum of the exponentials of each row so far.
    @usableFromInline package let total: UnsafeMutablePointer<Float>
    /// [count], rounded up to a vector: factors that scale the earlier sums to the new largest score.
    @usableFromInline package let factor: UnsafeMutablePointer<Float>

    @inlinable package init(
        count: Int, scores: UnsafeMutablePointer<Float>, stride: Int, seen: UnsafePointer<Int>, depth: Int,
        largest: UnsafeMutablePointer<Float>, total: UnsafeMutablePointer<Float>, factor: UnsafeMutablePointer<Float>
    ) {
        self.count = count
        self.scores = scores
        self.stride = stride
        self.seen = seen
        self.depth = depth
        self.largest = largest
        self.total = total
        self.factor = factor
    }
}

extension Microkernels {
    /// An online softmax step: m' = max(m, scores), p = 2^(score - m'), factor = 2^(m - m'), l' = l factor + sum p.
    ///
    /// A NaN or +infinity makes its row's sum NaN, as in a softmax of the whole row.
    @inlinable @inline(never)
    package static func softmaxStep(_ rows: ScoreRows) {
        for r in 0..<rows.count {
            let before = rows.largest[r]
            var padded = rows.seen[r]
            while padded % V.lanes != 0 {
                rows.scores[r * rows.stride + padded] = planted(.onlineMask) ? 0 : -.infinity
                padded += 1
            }
            let row = rows.scores + r * rows.stride
            var (first, second) = (V(broadcasting: before), V(broadcasting: before))
            var i = 0
            while i + 2 * V.lanes <= padded {
                first = first.larger(V(loading: row + i))
                second = second.larger(V(loading: row + i + V.lanes))
                i += 2 * V.lanes
            }
            if i < padded { first = first.larger(V(loading: row + i)) }
            let largest = planted(.onlineLargest) ? 0 : first.larger(second).greatest
            rows.largest[r] = largest
            rows.factor[r] = planted(.onlineFactor) ? 0 : before - largest
        }
        var r = 0
        while r < rows.count {
            V(loading: rows.factor + r).powerOfTwo.store(to: rows.factor + r)
            r += V.lanes
        }
        for r in 0..<rows.count {
            let (row, seen) = (rows.scores + r * rows.stride, rows.seen[r])
            let largest = V(broadcasting: rows.largest[r])
            var (first, second) = (V.zero, V.zero)
            var i = 0
            while i + V.lanes < seen {
                let (x, y) = (V(loading: row + i), V(loading: row + i + V.lanes))
                let (p, q) = (x.subtracting(largest).powerOfTwo, y.subtracting(largest).powerOfTwo)
                p.store(to: row + i)
                q.store(to: row + i + V.lanes)
                (first, second) = (first.adding(p), second.adding(q))
                i += 2 * V.lanes
            }
            if i < seen {
                let p = V(loading: row + i).subtracting(largest).powerOfTwo
                p.store(to: row + i)
                first = first.adding(p)
                i += V.lanes
            }
            while i < rows.depth {
                V.zero.store(to: row + i)
                i += V.lanes
            }
            rows.total[r] = rows.total[r] * rows.factor[r] + first.adding(second).total
        }
    }
}
