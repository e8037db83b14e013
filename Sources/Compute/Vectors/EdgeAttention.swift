import CPlatform
import Mutants

/// Attention of nodes to their neighbours: what each destination makes of the rows of its sources. Each head of an edge has the
/// score leaky_relu(u[source] + v[destination]); a softmax over the edges of a destination makes weights of them; y is the sum of
/// the sources' rows of x, each head times its weight.
@usableFromInline package struct EdgeAttention {
    /// Number of destinations.
    @usableFromInline package let rows: Int
    /// [rows + 1]
    @usableFromInline package let pointers: UnsafePointer<Int32>
    /// The source of each edge.
    @usableFromInline package let indices: UnsafePointer<Int32>
    @usableFromInline package let heads: Int
    /// Features of a head.
    @usableFromInline package let width: Int
    /// What a negative score is multiplied by.
    @usableFromInline package let slope: Float
    /// [sources, heads]
    @usableFromInline package let u: UnsafePointer<Float>
    /// [rows, heads]
    @usableFromInline package let v: UnsafePointer<Float>
    /// [sources, heads * width]
    @usableFromInline package let x: UnsafePointer<Float>
    /// [rows, heads * width]
    @usableFromInline package let y: UnsafeMutablePointer<Float>
    /// Memory for the scores of some rows: twice `capacity`, which is enough for the row with the most edges.
    @usableFromInline package let scores: UnsafeMutablePointer<Float>
    @usableFromInline package let capacity: Int
    /// Floats of `scores` that are used for more than one row: what stays in the nearest cache.
    @usableFromInline package let block: Int
    /// Whether y is written past the caches. It is aligned to a cache line.
    @usableFromInline package let streams: Bool
    @usableFromInline package let finish: RowFinish

    @inlinable package init(
        rows: Int, pointers: UnsafePointer<Int32>, indices: UnsafePointer<Int32>, heads: Int, width: Int, slope: Float,
        u: UnsafePointer<Float>, v: UnsafePointer<Float>, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>,
        scores: UnsafeMutablePointer<Float>, capacity: Int, block: Int,
        streams: Bool = false, finish: RowFinish = RowFinish()
    ) {
        self.streams = streams
        self.finish = finish
        self.capacity = capacity
        self.rows = rows
        self.pointers = pointers
        self.indices = indices
        self.heads = heads
        self.width = width
        self.slope = slope
        self.u = u
        self.v = v
        self.x = x
        self.y = y
        self.scores = scores
        self.block = block
    }

    @inlinable @inline(__always) package var features: Int { heads * width }

    @inlinable @inline(__always) package func edges(of row: Int) -> Range<Int> {
        Int(pointers[row])..<Int(pointers[row + 1])
    }

    /// The row behind those whose scores are computed together with those of row `first`.
    @inlinable @inline(__always) package func endOfBlock(from first: Int) -> Int {
        let most = Int(pointers[first]) + block / heads
        var end = first + 1
        while end < rows, Int(pointers[end + 1]) <= most { end += 1 }
        return end
    }

    /// The weights of one head, as many as scores, behind them.
    @inlinable @inline(__always) package var weights: UnsafeMutablePointer<Float> { scores + capacity }

    /// The source of the edge `distance` after this one, or else of the last edge.
    @inlinable @inline(__always) package func source(ahead distance: Int, of edge: Int) -> Int {
        Int(indices[min(edge + distance, Int(pointers[rows]) - 1)])
    }
}

extension Microkernels {
    /// Scores, softmax and weighted sum, some rows after the other: nothing as large as the edges is stored.
    @inlinable @inline(never)
    package static func attendEdges(_ edges: EdgeAttention) {
        if edges.heads == 1 {
            attendOneHead(edges)
        } else if edges.heads % V.lanes == 0 {
            attendVectors(edges, V.self)
        } else if V.lanes > 8, edges.heads % 8 == 0 {
            attendVectors(edges, SIMD8<Float>.self)
        } else if V.lanes > 4, edges.heads % 4 == 0 {
            attendVectors(edges, SIMD4<Float>.self)
        } else {
            attendHeads(edges)
        }
        if edges.streams { assay_streamed() }
    }

    /// The same if vectors divide the number of heads: row by row, a vector of heads at a time.
    @inlinable @inline(__always)
    package static func attendVectors<W: FloatVector>(_ edges: EdgeAttention, _ vector: W.Type) {
        let heads = edges.heads
        let slope = W(broadcasting: edges.slope)
        for row in 0..<edges.rows {
            let own = edges.edges(of: row)
            for head in stride(from: 0, to: heads, by: W.lanes) {
                let (u, scores) = (edges.u + head, edges.scores + head)
                let v = W(loading: edges.v + (planted(.graphAttentionNode) ? 0 : row) * heads + head)
                var largest = W(broadcasting: -.infinity)
                for edge in own {
                    assay_prefetch(u + edges.source(ahead: 16, of: edge) * heads)
                    let sum = W(loading: u + Int(edges.indices[edge]) * heads).adding(v)
                    let score = sum.smaller(.zero).multiplyAdd(slope, sum.larger(.zero))
                    score.store(to: scores + (edge - own.lowerBound) * heads)
                    largest = largest.larger(score)
                }
                var total = W.zero
                for place in 0..<own.count {
                    let power = W(loading: scores + place * heads).subtracting(largest).exponential
                    power.store(to: scores + place * heads)
                    total = total.adding(power)
                }
                let factor = W(broadcasting: 1).divided(by: total)
                for place in 0..<own.count {
                    W(loading: scores + place * heads).multiplied(by: factor).store(to: scores + place * heads)
                }
            }
            addRows(edges, row..<row + 1, weights: edges.scores)
        }
    }

    /// The same for one head, whose scores of a row are neighbours.
    @inlinable @inline(__always)
    package static func attendOneHead(_ edges: EdgeAttention) {
        var first = 0
        while first < edges.rows {
            let start = Int(edges.pointers[first])
            let end = edges.endOfBlock(from: first)
            for row in first..<end {
                let own = edges.v[planted(.graphAttentionNode) ? 0 : row]
                for edge in edges.edges(of: row) {
                    let sum = edges.u[Int(edges.indices[edge])] + own
                    edges.scores[edge - start] = sum < 0 ? sum * edges.slope : sum
                }
            }
            softmaxOneHead(
                EdgeScores(
                    rows: end - first, pointers: edges.pointers + first, heads: 1, x: edges.scores - start,
                    y: edges.weights - start))
            addRows(edges, first..<end, weights: edges.weights)
            first = end
        }
    }

    /// The same for any number of heads, one after the other.
    @inlinable @inline(__always)
    package static func attendHeads(_ edges: EdgeAttention) {
        let heads = edges.heads
        var first = 0
        while first < edges.rows {
            let start = Int(edges.pointers[first])
            let end = edges.endOfBlock(from: first)
            func scores(_ row: Int) -> Range<Int> {
                let own = edges.edges(of: row)
                return (own.lowerBound - start) * heads..<(own.upperBound - start) * heads
            }
            for row in first..<end {
                for edge in edges.edges(of: row) {
                    let (u, v) = (edges.u + Int(edges.indices[edge]) * heads, edges.v + row * heads)
                    let target = edges.scores + (edge - start) * heads
                    for head in 0..<heads {
                        let sum = u[head] + v[head]
                        target[head] = sum < 0 ? sum * edges.slope : sum
                    }
                }
                SingleHeads.subtractLargest(edges.scores, edges.scores, scores(row), heads: heads)
            }
            exponentiate(count: (Int(edges.pointers[end]) - start) * heads, edges.scores)
            for row in first..<end { SingleHeads.divideBySum(edges.scores, scores(row), heads: heads) }
            addRows(edges, first..<end, weights: edges.scores)
            first = end
        }
    }

    /// Sums the sources' rows of some destinations, whose weights [edges, heads] begin with those of the first destination.
    @inlinable @inline(__always)
    package static func addRows(_ edges: EdgeAttention, _ rows: Range<Int>, weights: UnsafePointer<Float>) {
        if edges.width % V.lanes == 0 {
            addRows(edges, rows, weights, V.self)
        } else if V.lanes > 8, edges.width % 8 == 0 {
            addRows(edges, rows, weights, SIMD8<Float>.self)
        } else if V.lanes > 4, edges.width % 4 == 0 {
            addRows(edges, rows, weights, SIMD4<Float>.self)
        } else {
            addNarrowRows(edges, rows, weights)
        }
    }

    /// The same by vectors that divide the features of a head.
    @inlinable @inline(__always)
    package static func addRows<W: FloatVector>(
        _ edges: EdgeAttention, _ rows: Range<Int>, _ weights: UnsafePointer<Float>, _ vector: W.Type
    ) {
        let vectors = edges.features / W.lanes
        var first = 0
        while first < vectors {
            if vectors - first >= 8 {
                addRows(edges, rows, weights, vector, from: first, Count<8>())
                first += 8
            } else if vectors - first >= 4 {
                addRows(edges, rows, weights, vector, from: first, Count<4>())
                first += 4
            } else {
                addRows(edges, rows, weights, vector, from: first, Count<1>())
                first += 1
            }
        }
    }

    /// The same for `count` vectors, from one of a row's on.
    @inlinable @inline(__always)
    package static func addRows<W: FloatVector, let vectors: Int>(
        _ edges: EdgeAttention, _ rows: Range<Int>, _ weights: UnsafePointer<Float>, _ vector: W.Type, from first: Int,
        _ count: Count<vectors>
    ) {
        let start = Int(edges.pointers[rows.lowerBound])
        let x = edges.x + first * W.lanes
        let head = InlineArray<vectors, Int> { (first + $0) * W.lanes / edges.width }
        let distance = max(1, min(32, 1024 / (vectors * W.lanes)))
        let (finish, finishes) = (edges.finish, edges.finish.changes)
        for row in rows {
            var sums = InlineArray<vectors, W>(repeating: .zero)
            let own = edges.edges(of: row)
            for edge in planted(.graphAttentionEdge) ? own.dropLast() : own {
                let source = x + Int(edges.indices[edge]) * edges.features
                let ahead = x + edges.source(ahead: distance, of: edge) * edges.features
                let weight = weights + (edge - start) * edges.heads
                unrolled(vectors) { i in
                    // Once per line of 16 floats.
                    if i * W.lanes % 16 == 0 { assay_prefetch(ahead + i * W.lanes) }
                    sums[i] = W(loading: source + i * W.lanes).multiplyAdd(W(broadcasting: weight[head[i]]), sums[i])
                }
            }
            let y = edges.y + row * edges.features + first * W.lanes
            if finishes {
                unrolled(vectors) { i in sums[i] = finish(sums[i], row: row, column: (first + i) * W.lanes) }
            }
            if edges.streams {
                for i in 0..<vectors { sums[i].stream(to: y + i * W.lanes) }
            } else {
                for i in 0..<vectors { sums[i].store(to: y + i * W.lanes) }
            }
        }
    }

    /// The same element by element, if no vector divides the features of a head.
    @inlinable @inline(__always)
    package static func addNarrowRows(_ edges: EdgeAttention, _ rows: Range<Int>, _ weights: UnsafePointer<Float>) {
        let start = Int(edges.pointers[rows.lowerBound])
        for row in rows {
            let y = edges.y + row * edges.features
            for i in 0..<edges.features { y[i] = 0 }
            for edge in edges.edges(of: row) {
                let source = edges.x + Int(edges.indices[edge]) * edges.features
                for head in 0..<edges.heads {
                    let weight = weights[(edge - start) * edges.heads + head]
                    for i in head * edges.width..<(head + 1) * edges.width { y[i] += weight * source[i] }
                }
            }
            if edges.finish.changes { edges.finish(y, row: row, count: edges.features) }
        }
    }
}
