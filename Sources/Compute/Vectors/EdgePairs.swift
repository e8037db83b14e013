import CPlatform
import Mutants

/// What a computation per edge reads and writes. It combines the source's row of u and the destination's row of v.
@usableFromInline package struct EdgePairs {
    /// Number of destinations.
    @usableFromInline package let rows: Int
    /// [rows + 1]
    @usableFromInline package let pointers: UnsafePointer<Int32>
    /// The source of each edge.
    @usableFromInline package let indices: UnsafePointer<Int32>
    @usableFromInline package let features: Int
    /// [sources, features]
    @usableFromInline package let u: UnsafePointer<Float>
    @usableFromInline package let sources: Int
    /// [rows, features]
    @usableFromInline package let v: UnsafePointer<Float>
    /// One number per edge, or [edges, features].
    @usableFromInline package let y: UnsafeMutablePointer<Float>

    @inlinable package init(
        rows: Int, pointers: UnsafePointer<Int32>, indices: UnsafePointer<Int32>, features: Int,
        u: UnsafePointer<Float>, sources: Int, v: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
    ) {
        self.rows = rows
        self.pointers = pointers
        self.indices = indices
        self.features = features
        self.u = u
        self.sources = sources
        self.v = v
        self.y = y
    }

    @inlinable @inline(__always) package func edges(of row: Int) -> Range<Int> {
        Int(pointers[row])..<Int(pointers[row + 1])
    }

    @inlinable @inline(__always) package var edgeCount: Int { Int(pointers[rows]) }

    /// The row of u that belongs to the source of an edge.
    @inlinable @inline(__always) package func source(of edge: Int) -> UnsafePointer<Float> {
        u + Int(indices[edge]) * features
    }

    /// The source row to prefetch: that of the edge `distance` after this one, or else of the last edge.
    @inlinable @inline(__always) package func source(ahead distance: Int, of edge: Int) -> UnsafePointer<Float> {
        source(of: min(edge + distance, edgeCount - 1))
    }
}

extension Microkernels {
    /// y[e] = u[source of e] . v[destination of e]; the destination's row stays in the nearest cache.
    @inlinable @inline(never)
    package static func dotEdges(_ edges: EdgePairs) {
        let cut = RowVectors<V>(count: edges.features)
        // About the same number of bytes in flight, whatever the row width.
        let distance = max(1, min(32, 1024 / edges.features))
        for row in 0..<edges.rows {
            let v = edges.v + row * edges.features
            let endOfV = cut.hasEnd ? cut.new(cut.end(of: v), else: .zero) : .zero
            for edge in edges.edges(of: row) {
                let u = edges.source(of: edge)
                let ahead = edges.source(ahead: distance, of: edge)
                var (a, b, c, d) = (V.zero, V.zero, V.zero, V.zero)
                var i = 0
                while i + 4 * V.lanes <= cut.whole {
                    for line in stride(from: 0, to: 4 * V.lanes, by: 16) { assay_prefetch(ahead + i + line) }
                    a = V(loading: u + i).multiplyAdd(V(loading: v + i), a)
                    b = V(loading: u + i + V.lanes).multiplyAdd(V(loading: v + i + V.lanes), b)
                    c = V(loading: u + i + 2 * V.lanes).multiplyAdd(V(loading: v + i + 2 * V.lanes), c)
                    d = V(loading: u + i + 3 * V.lanes).multiplyAdd(V(loading: v + i + 3 * V.lanes), d)
                    i += 4 * V.lanes
                }
                while i < cut.whole {
                    assay_prefetch(ahead + i)
                    a = V(loading: u + i).multiplyAdd(V(loading: v + i), a)
                    i += V.lanes
                }
                if cut.hasEnd && !planted(.dotTail) {
                    assay_prefetch(ahead + edges.features - 1)
                    b = cut.new(cut.end(of: u), else: .zero).multiplyAdd(endOfV, b)
                }
                edges.y[edge] = a.adding(b).adding(c.adding(d)).total
            }
        }
    }

    /// y[e] = u[source of e] + v[destination of e].
    @inlinable @inline(never)
    package static func addEdges(_ edges: EdgePairs) {
        if edges.features == 1 {
            for row in 0..<edges.rows {
                let addend = edges.v[planted(.addEdgesRow) ? 0 : row]
                for edge in edges.edges(of: row) { edges.y[edge] = edges.u[Int(edges.indices[edge])] + addend }
            }
        } else if edges.features < V.lanes {
            addNarrowEdges(edges)
        } else {
            let cut = RowVectors<V>(count: edges.features)
            let distance = max(1, min(32, 1024 / edges.features))
            for row in 0..<edges.rows {
                let v = edges.v + row * edges.features
                for edge in edges.edges(of: row) {
                    let (u, y) = (edges.source(of: edge), edges.y + edge * edges.features)
                    let ahead = edges.source(ahead: distance, of: edge)
                    var i = 0
                    while i < cut.whole {
                        assay_prefetch(ahead + i)
                        V(loading: u + i).adding(V(loading: v + i)).store(to: y + i)
                        i += V.lanes
                    }
                    if cut.hasEnd {
                        cut.store(cut.end(of: planted(.addEdgesTail) ? v : u).adding(cut.end(of: v)), toEndOf: y)
                    }
                }
            }
        }
    }

    /// The same if a row is shorter than a vector. Whole vectors are read and written if there is room for them. The
    /// excess lanes fall on the edges that follow, which overwrite them.
    @inlinable @inline(__always)
    package static func addNarrowEdges(_ edges: EdgePairs) {
        let features = edges.features
        let isWorthAVector = features >= 4
        let lastSource = edges.sources * features - V.lanes
        let lastTarget = edges.edgeCount * features - V.lanes
        for row in 0..<edges.rows {
            let v = edges.v + row * features
            let hasRoom = isWorthAVector && row * features <= edges.rows * features - V.lanes
            let addend = hasRoom ? V(loading: v) : .zero
            for edge in edges.edges(of: row) {
                let (place, target) = (Int(edges.indices[edge]) * features, edge * features)
                assay_prefetch(edges.source(ahead: 32, of: edge))
                if hasRoom, place <= lastSource, target <= lastTarget {
                    V(loading: edges.u + place).adding(addend).store(to: edges.y + target)
                } else {
                    for i in 0..<features { edges.y[target + i] = edges.u[place + i] + v[i] }
                }
            }
        }
    }
}
