import Mutants

/// Scores [edges, heads] of a graph's edges in the order of their destinations, and the output of their softmax.
@usableFromInline package struct EdgeScores {
    /// Number of destinations.
    @usableFromInline package let rows: Int
    /// [rows + 1]
    @usableFromInline package let pointers: UnsafePointer<Int32>
    @usableFromInline package let heads: Int
    @usableFromInline package let x: UnsafePointer<Float>
    @usableFromInline package let y: UnsafeMutablePointer<Float>

    @inlinable package init(
        rows: Int, pointers: UnsafePointer<Int32>, heads: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
    ) {
        self.rows = rows
        self.pointers = pointers
        self.heads = heads
        self.x = x
        self.y = y
    }

    /// The index of a destination's first score.
    @inlinable @inline(__always) package func start(of row: Int) -> Int { Int(pointers[row]) * heads }
}

extension Microkernels {
    /// Softmax over the edges that lead to each destination, separately per head.
    ///
    /// Rows are short. So exponentials are computed over blocks of rows that stay in the nearest cache, in whole
    /// vectors whatever the row lengths. Work per row uses vectors of heads if they divide the number of heads.
    @inlinable @inline(never)
    package static func softmaxEdges(_ edges: EdgeScores) {
        if edges.heads == 1 {
            softmaxOneHead(edges)
        } else if edges.heads % V.lanes == 0 {
            softmaxEdges(edges, VectorsOfHeads<V>.self)
        } else if V.lanes > 8, edges.heads % 8 == 0 {
            softmaxEdges(edges, VectorsOfHeads<SIMD8<Float>>.self)
        } else if V.lanes > 4, edges.heads % 4 == 0 {
            softmaxEdges(edges, VectorsOfHeads<SIMD4<Float>>.self)
        } else {
            softmaxEdges(edges, SingleHeads.self)
        }
    }

    /// The same for one head. A row that fits in a vector, as most do, needs no loop and no hard-to-predict loop exit.
    ///
    /// Lanes beyond the row belong to the rows after it, which overwrite them.
    @inlinable @inline(__always)
    package static func softmaxOneHead(_ edges: EdgeScores) {
        let last = edges.start(of: edges.rows) - V.lanes
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * V.lanes) { buffer in
            guard let beyond = buffer.baseAddress else { return }
            V.zero.store(to: beyond)
            V(broadcasting: 1).store(to: beyond + V.lanes)
            let least = V(broadcasting: -.infinity)
            for row in 0..<edges.rows {
                let (start, count) = (edges.start(of: row), edges.start(of: row + 1) - edges.start(of: row))
                guard count <= V.lanes, start <= last else {
                    softmax(rows: count > 0 ? 1 : 0, features: count, edges.x + start, into: edges.y + start)
                    continue
                }
                let x = V(loading: edges.x + start)
                let mask = V(loading: beyond + V.lanes - count + slip(.edgeMask))
                let inside = x.chosen(where: mask, isAtMost: .zero, else: least)
                let largest = planted(.edgeLargest) ? 0 : least.larger(inside).greatest
                let power = x.subtracting(V(broadcasting: largest)).exponential
                let total = power.chosen(where: mask, isAtMost: .zero, else: .zero).total
                power.multiplied(by: V(broadcasting: 1 / total)).store(to: edges.y + start)
            }
        }
    }

    /// The same for one way to walk over the heads.
    @inlinable @inline(__always)
    package static func softmaxEdges<H: HeadWalk>(_ edges: EdgeScores, _ walk: H.Type) {
        let block = 4096
        var first = 0
        while first < edges.rows {
            let start = edges.start(of: first)
            var end = first + 1
            while end < edges.rows, edges.start(of: end + 1) - start <= block { end += 1 }
            for row in first..<end {
                H.subtractLargest(edges.x, edges.y, edges.start(of: row)..<edges.start(of: row + 1), heads: edges.heads)
            }
            exponentiate(count: edges.start(of: end) - start, edges.y + start)
            for row in first..<(end - slip(.edgeBlock)) {
                H.divideBySum(edges.y, edges.start(of: row)..<edges.start(of: row + 1), heads: edges.heads)
            }
            first = end
        }
    }

    /// x[i] = e^x[i] in place, for any count.
    @inlinable @inline(__always)
    package static func exponentiate(count: Int, _ x: UnsafeMutablePointer<Float>) {
        let cut = RowVectors<V>(count: count)
        // Read before its first lanes are replaced.
        let end = cut.hasEnd ? cut.end(of: x).exponential : .zero
        var i = 0
        while i + 2 * V.lanes <= cut.whole {
            let (p, q) = (V(loading: x + i).exponential, V(loading: x + i + V.lanes).exponential)
            p.store(to: x + i)
            q.store(to: x + i + V.lanes)
            i += 2 * V.lanes
        }
        if i < cut.whole { V(loading: x + i).exponential.store(to: x + i) }
        if cut.hasEnd { cut.store(end, toEndOf: x) }
    }
}

/// How to go through the scores of a destination, [edges, heads]. The search for the largest ignores NaN. A NaN makes
/// the sum of its head NaN.
@usableFromInline package protocol HeadWalk {
    /// y = x minus the largest x of its head.
    static func subtractLargest(
        _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ scores: Range<Int>, heads: Int)

    /// y = y divided by the sum of its head.
    static func divideBySum(_ y: UnsafeMutablePointer<Float>, _ scores: Range<Int>, heads: Int)
}

/// One vector of heads at a time; vectors divide the number of heads.
@usableFromInline package enum VectorsOfHeads<V: FloatVector>: HeadWalk {
    @inlinable @inline(__always)
    package static func subtractLargest(
        _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ scores: Range<Int>, heads: Int
    ) {
        for head in stride(from: 0, to: heads, by: V.lanes) {
            var largest = V(broadcasting: -.infinity)
            for i in stride(from: scores.lowerBound + head, to: scores.upperBound, by: heads) {
                largest = largest.larger(V(loading: x + i))
            }
            for i in stride(from: scores.lowerBound + head, to: scores.upperBound, by: heads) {
                V(loading: x + i).subtracting(largest).store(to: y + i)
            }
        }
    }

    @inlinable @inline(__always)
    package static func divideBySum(_ y: UnsafeMutablePointer<Float>, _ scores: Range<Int>, heads: Int) {
        for head in stride(from: 0, to: heads, by: V.lanes) {
            var total = V.zero
            for i in stride(from: scores.lowerBound + head, to: scores.upperBound, by: heads) {
                total = total.adding(V(loading: y + i))
            }
            let factor = V(broadcasting: 1).divided(by: total)
            for i in stride(from: scores.lowerBound + head, to: scores.upperBound, by: heads) {
                V(loading: y + i).multiplied(by: factor).store(to: y + i)
            }
        }
    }
}

/// One head at a time.
@usableFromInline package enum SingleHeads: HeadWalk {
    @inlinable @inline(__always)
    package static func subtractLargest(
        _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ scores: Range<Int>, heads: Int
    ) {
        for head in 0..<heads {
            var largest = -Float.infinity
            for i in stride(from: scores.lowerBound + head, to: scores.upperBound, by: heads) {
                largest = x[i] > largest ? x[i] : largest
            }
            for i in stride(from: scores.lowerBound + head, to: scores.upperBound, by: heads) { y[i] = x[i] - largest }
        }
    }

    @inlinable @inline(__always)
    package static func divideBySum(_ y: UnsafeMutablePointer<Float>, _ scores: Range<Int>, heads: Int) {
        for head in 0..<heads {
            var total: Float = 0
            for i in stride(from: scores.lowerBound + head, to: scores.upperBound - slip(.edgeTerm) * heads, by: heads)
            {
                total += y[i]
            }
            let factor = 1 / total
            for i in stride(from: scores.lowerBound + head, to: scores.upperBound, by: heads) { y[i] *= factor }
        }
    }
}
