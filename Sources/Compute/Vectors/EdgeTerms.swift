import CPlatform
import Mutants

/// What a generalised SDDMM reads and writes: for every edge, an operation on two of three rows, those of its source (u), of its
/// destination (v) and of the edge itself (e). Edges are in the order of their destinations.
@usableFromInline package struct EdgeTerms {
    /// An end of an edge, or the edge.
    @usableFromInline package enum Side: Sendable { case source, destination, edge }

    /// What is made of the two rows: an element for each feature, or one number for each head. A copy is of the left row.
    @usableFromInline package enum Operation: Sendable { case add, subtract, multiply, divide, dot, copy }

    @usableFromInline package let operation: Operation
    @usableFromInline package let left: Side
    @usableFromInline package let right: Side
    /// Number of destinations.
    @usableFromInline package let rows: Int
    /// [rows + 1]
    @usableFromInline package let pointers: UnsafePointer<Int32>
    /// The source of each edge.
    @usableFromInline package let indices: UnsafePointer<Int32>
    @usableFromInline package let features: Int
    /// Of a dot product: parts of a row, a sum for each.
    @usableFromInline package let heads: Int
    /// [sources, features]; each side is read only if the operation has it.
    @usableFromInline package let u: UnsafePointer<Float>
    @usableFromInline package let sources: Int
    /// [rows, features]
    @usableFromInline package let v: UnsafePointer<Float>
    /// [edges, features]
    @usableFromInline package let e: UnsafePointer<Float>
    /// [edges, features], or [edges, heads] of a dot product.
    @usableFromInline package let y: UnsafeMutablePointer<Float>
    /// Whether y is written past the caches: then its rows are whole vectors, aligned to them.
    @usableFromInline package let streams: Bool

    @inlinable package init(
        _ operation: Operation, _ left: Side, _ right: Side, rows: Int, pointers: UnsafePointer<Int32>,
        indices: UnsafePointer<Int32>, features: Int, heads: Int = 1, u: UnsafePointer<Float>, sources: Int,
        v: UnsafePointer<Float>, e: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, streams: Bool = false
    ) {
        self.streams = streams
        self.operation = operation
        self.left = left
        self.right = right
        self.rows = rows
        self.pointers = pointers
        self.indices = indices
        self.features = features
        self.heads = heads
        self.u = u
        self.sources = sources
        self.v = v
        self.e = e
        self.y = y
    }

    @inlinable @inline(__always) package func edges(of row: Int) -> Range<Int> {
        Int(pointers[row])..<Int(pointers[row + 1])
    }

    @inlinable @inline(__always) package var edgeCount: Int { Int(pointers[rows]) }

    /// The source whose row to prefetch: that of the edge `distance` after this one, or else of the last edge.
    @inlinable @inline(__always) package func source(ahead distance: Int, of edge: Int) -> UnsafePointer<Float> {
        u + Int(indices[min(edge + distance, edgeCount - 1)]) * features
    }
}

/// One side of an edge.
@usableFromInline package protocol EdgeSide {
    /// Whether its rows are in no order, so that they are prefetched.
    static var isGathered: Bool { get }

    /// The element where the row of an edge begins, counted from `start`.
    static func place(_ terms: EdgeTerms, row: Int, edge: Int) -> Int

    /// The rows.
    static func start(_ terms: EdgeTerms) -> UnsafePointer<Float>

    /// Elements of all rows.
    static func count(_ terms: EdgeTerms) -> Int
}

extension EdgeSide {
    @inlinable @inline(__always) package static var isGathered: Bool { false }

    @inlinable @inline(__always)
    package static func row(_ terms: EdgeTerms, row: Int, edge: Int) -> UnsafePointer<Float> {
        start(terms) + place(terms, row: row, edge: edge)
    }
}

@usableFromInline package enum SourceSide: EdgeSide {
    @inlinable @inline(__always) package static var isGathered: Bool { true }
    @inlinable @inline(__always) package static func start(_ terms: EdgeTerms) -> UnsafePointer<Float> { terms.u }
    @inlinable @inline(__always) package static func count(_ terms: EdgeTerms) -> Int { terms.sources * terms.features }
    @inlinable @inline(__always) package static func place(_ terms: EdgeTerms, row: Int, edge: Int) -> Int {
        Int(terms.indices[edge]) * terms.features
    }
}

@usableFromInline package enum DestinationSide: EdgeSide {
    @inlinable @inline(__always) package static func start(_ terms: EdgeTerms) -> UnsafePointer<Float> { terms.v }
    @inlinable @inline(__always) package static func count(_ terms: EdgeTerms) -> Int { terms.rows * terms.features }
    @inlinable @inline(__always) package static func place(_ terms: EdgeTerms, row: Int, edge: Int) -> Int {
        (planted(.gsddmmRow) ? 0 : row) * terms.features
    }
}

@usableFromInline package enum OwnSide: EdgeSide {
    @inlinable @inline(__always) package static func start(_ terms: EdgeTerms) -> UnsafePointer<Float> { terms.e }
    @inlinable @inline(__always) package static func count(_ terms: EdgeTerms) -> Int {
        terms.edgeCount * terms.features
    }
    @inlinable @inline(__always) package static func place(_ terms: EdgeTerms, row: Int, edge: Int) -> Int {
        edge * terms.features
    }
}

/// An operation on elements.
@usableFromInline package protocol EdgeOperation {
    static func apply<V: FloatVector>(_ a: V, _ b: V) -> V
    static func apply(_ a: Float, _ b: Float) -> Float
}

@usableFromInline package enum EdgeSum: EdgeOperation {
    @inlinable @inline(__always) package static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a.adding(b) }
    @inlinable @inline(__always) package static func apply(_ a: Float, _ b: Float) -> Float { a + b }
}

@usableFromInline package enum EdgeDifference: EdgeOperation {
    @inlinable @inline(__always) package static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a.subtracting(b) }
    @inlinable @inline(__always) package static func apply(_ a: Float, _ b: Float) -> Float { a - b }
}

@usableFromInline package enum EdgeProduct: EdgeOperation {
    @inlinable @inline(__always) package static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a.multiplied(by: b) }
    @inlinable @inline(__always) package static func apply(_ a: Float, _ b: Float) -> Float { a * b }
}

@usableFromInline package enum EdgeQuotient: EdgeOperation {
    @inlinable @inline(__always) package static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a.divided(by: b) }
    @inlinable @inline(__always) package static func apply(_ a: Float, _ b: Float) -> Float { a / b }
}

/// The left row.
@usableFromInline package enum EdgeCopy: EdgeOperation {
    @inlinable @inline(__always) package static func apply<V: FloatVector>(_ a: V, _ b: V) -> V { a }
    @inlinable @inline(__always) package static func apply(_ a: Float, _ b: Float) -> Float { a }
}

extension Microkernels {
    /// Computes something for every edge from the rows of its source, its destination and its own.
    @inlinable @inline(never)
    package static func combineEdges(_ terms: EdgeTerms) {
        switch (terms.left, terms.right) {
        case (.source, .source): combine(terms, SourceSide.self, SourceSide.self, EdgeCopy.self)
        case (.destination, .destination): combine(terms, DestinationSide.self, DestinationSide.self, EdgeCopy.self)
        case (.edge, .edge): combine(terms, OwnSide.self, OwnSide.self, EdgeCopy.self)
        case (.source, .destination): combine(terms, SourceSide.self, DestinationSide.self)
        case (.source, .edge): combine(terms, SourceSide.self, OwnSide.self)
        case (.destination, .edge): combine(terms, DestinationSide.self, OwnSide.self)
        case (.destination, .source): combine(terms, DestinationSide.self, SourceSide.self)
        case (.edge, .source): combine(terms, OwnSide.self, SourceSide.self)
        case (.edge, .destination): combine(terms, OwnSide.self, DestinationSide.self)
        }
    }

    /// The same for two different sides.
    @inlinable @inline(__always)
    package static func combine<L: EdgeSide, R: EdgeSide>(_ terms: EdgeTerms, _ left: L.Type, _ right: R.Type) {
        switch terms.operation {
        case .add: combine(terms, left, right, EdgeSum.self)
        case .subtract: combine(terms, left, right, EdgeDifference.self)
        case .multiply: combine(terms, left, right, EdgeProduct.self)
        case .divide: combine(terms, left, right, EdgeQuotient.self)
        case .dot: dotEdges(terms, left, right)
        case .copy: combine(terms, left, left, EdgeCopy.self)
        }
    }

    /// y[e] = left operation right, element by element.
    @inlinable @inline(__always)
    package static func combine<L: EdgeSide, R: EdgeSide, O: EdgeOperation>(
        _ terms: EdgeTerms, _ left: L.Type, _ right: R.Type, _ operation: O.Type
    ) {
        guard terms.features >= V.lanes else {
            combineNarrow(terms, left, right, operation)
            return
        }
        let cut = RowVectors<V>(count: terms.features)
        // About as many bytes on their way, however wide the rows.
        let distance = max(1, min(32, 1024 / terms.features))
        for row in 0..<terms.rows {
            for edge in terms.edges(of: row) {
                let a = L.row(terms, row: row, edge: edge)
                let b = R.row(terms, row: row, edge: edge)
                let y = terms.y + edge * terms.features
                let ahead = L.isGathered || R.isGathered ? terms.source(ahead: distance, of: edge) : a
                var i = 0
                while i < cut.whole {
                    if L.isGathered || R.isGathered { assay_prefetch(ahead + i) }
                    let element = O.apply(V(loading: a + i), V(loading: b + i))
                    if terms.streams { element.stream(to: y + i) } else { element.store(to: y + i) }
                    i += V.lanes
                }
                if cut.hasEnd {
                    cut.store(O.apply(cut.end(of: planted(.gsddmmTail) ? b : a), cut.end(of: b)), toEndOf: y)
                }
            }
        }
        if terms.streams { assay_streamed() }
    }

    /// The same for rows shorter than a vector: a vector is read and written if there is room for one. What it has too much
    /// belongs to the next edge, which writes it again.
    @inlinable @inline(__always)
    package static func combineNarrow<L: EdgeSide, R: EdgeSide, O: EdgeOperation>(
        _ terms: EdgeTerms, _ left: L.Type, _ right: R.Type, _ operation: O.Type
    ) {
        let features = terms.features
        if features == 1 {
            let (left, right) = (L.start(terms), R.start(terms))
            for row in 0..<terms.rows {
                for edge in terms.edges(of: row) {
                    let (a, b) = (L.place(terms, row: row, edge: edge), R.place(terms, row: row, edge: edge))
                    terms.y[edge] = O.apply(left[a], right[b])
                }
            }
            return
        }
        let isWorthAVector = features >= 4
        let (lastLeft, lastRight) = (L.count(terms) - V.lanes, R.count(terms) - V.lanes)
        let lastTarget = terms.edgeCount * features - V.lanes
        for row in 0..<terms.rows {
            for edge in terms.edges(of: row) {
                let (a, b) = (L.place(terms, row: row, edge: edge), R.place(terms, row: row, edge: edge))
                let target = edge * features
                if L.isGathered || R.isGathered { assay_prefetch(terms.source(ahead: 32, of: edge)) }
                if isWorthAVector, a <= lastLeft, b <= lastRight, target <= lastTarget {
                    O.apply(V(loading: L.start(terms) + a), V(loading: R.start(terms) + b)).store(to: terms.y + target)
                } else {
                    for i in 0..<features {
                        terms.y[target + i] = O.apply(L.start(terms)[a + i], R.start(terms)[b + i])
                    }
                }
            }
        }
    }

    /// y[e] = the dot product of the two rows, of each head apart.
    @inlinable @inline(__always)
    package static func dotEdges<L: EdgeSide, R: EdgeSide>(_ terms: EdgeTerms, _ left: L.Type, _ right: R.Type) {
        let cut = RowVectors<V>(count: terms.features / terms.heads)
        let distance = max(1, min(32, 1024 / terms.features))
        if cut.hasEnd {
            dotEdges(terms, left, right, cut, distance)
        } else {
            dotWholeVectors(terms, left, right, width: cut.count, distance)
        }
    }

    /// The same for heads that are whole vectors: four edges of a row at a time, whose sums are cheaper together.
    @inlinable @inline(__always)
    package static func dotWholeVectors<L: EdgeSide, R: EdgeSide>(
        _ terms: EdgeTerms, _ left: L.Type, _ right: R.Type, width: Int, _ distance: Int
    ) {
        let heads = terms.heads
        for row in 0..<terms.rows {
            let edges = terms.edges(of: row)
            var edge = edges.lowerBound
            while edge + 4 <= edges.upperBound {
                for head in 0..<heads {
                    let first = head * width
                    @inline(__always) func dot(_ next: Int) -> V {
                        dotEdge(
                            terms, left, right, row: row, edge: edge + next, elements: first..<first + width, distance)
                    }
                    let sums = V.totals(dot(0), dot(1), dot(2), dot(3))
                    let y = terms.y + edge * heads + head
                    y[0] = sums[0]
                    y[heads] = sums[1]
                    y[2 * heads] = sums[2]
                    y[3 * heads] = sums[planted(.dotFour) ? 2 : 3]
                }
                edge += 4
            }
            while edge < edges.upperBound {
                for head in 0..<heads {
                    let elements = head * width..<(head + 1) * width
                    terms.y[edge * heads + head] =
                        dotEdge(terms, left, right, row: row, edge: edge, elements: elements, distance).total
                }
                edge += 1
            }
        }
    }

    /// The products of elements of an edge's two rows, added up in a vector. They are whole vectors. Those of a later edge are
    /// prefetched.
    @inlinable @inline(__always)
    package static func dotEdge<L: EdgeSide, R: EdgeSide>(
        _ terms: EdgeTerms, _ left: L.Type, _ right: R.Type, row: Int, edge: Int, elements: Range<Int>, _ distance: Int
    ) -> V {
        let (u, v) = (L.row(terms, row: row, edge: edge), R.row(terms, row: row, edge: edge))
        let isGathered = L.isGathered || R.isGathered
        let ahead = isGathered ? terms.source(ahead: distance, of: edge) : u
        var sum = V.zero
        var i = elements.lowerBound
        while i < elements.upperBound {
            if isGathered { assay_prefetch(ahead + i) }
            sum = V(loading: u + i).multiplyAdd(V(loading: v + i), sum)
            i += V.lanes
        }
        return sum
    }

    /// The same for heads of any width, edge by edge.
    @inlinable @inline(__always)
    package static func dotEdges<L: EdgeSide, R: EdgeSide>(
        _ terms: EdgeTerms, _ left: L.Type, _ right: R.Type, _ cut: RowVectors<V>, _ distance: Int
    ) {
        let isGathered = L.isGathered || R.isGathered
        for row in 0..<terms.rows {
            for edge in terms.edges(of: row) {
                for head in 0..<terms.heads {
                    let first = head * cut.count
                    let u = L.row(terms, row: row, edge: edge) + first
                    let v = R.row(terms, row: row, edge: edge) + first
                    let ahead = isGathered ? terms.source(ahead: distance, of: edge) + first : u
                    var (a, b) = (V.zero, V.zero)
                    var i = 0
                    while i < cut.whole {
                        if isGathered { assay_prefetch(ahead + i) }
                        a = V(loading: u + i).multiplyAdd(V(loading: v + i), a)
                        i += V.lanes
                    }
                    if !planted(.dotTail) {
                        if isGathered { assay_prefetch(ahead + cut.count - 1) }
                        // Both without what their vectors repeat: 0 times infinity is no 0.
                        let endOfU = cut.new(cut.end(of: u), else: .zero)
                        let endOfV = cut.new(cut.end(of: v), else: .zero)
                        b = endOfU.multiplyAdd(endOfV, b)
                    }
                    terms.y[edge * terms.heads + head] = a.adding(b).total
                }
            }
        }
    }
}
