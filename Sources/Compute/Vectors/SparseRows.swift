import Mutants

/// What a generalised SpMM reads and writes: y[row] = the sum, mean, maximum or minimum of the messages of the edges in
/// pointers[row] ..< pointers[row + 1]; 0 if there are none. The message of an edge is made of the source's row of u and of what
/// e has for the edge.
@usableFromInline package struct SparseRows {
    /// What a message is.
    @usableFromInline package enum Message: Sendable { case copySource, copyEdge, add, subtract, multiply, divide }

    /// How the messages that reach a row are combined.
    @usableFromInline package enum Reduction: Sendable { case sum, mean, maximum, minimum }

    @usableFromInline package let message: Message
    @usableFromInline package let reduction: Reduction
    /// [rows + 1]
    @usableFromInline package let pointers: UnsafePointer<Int32>
    /// The source of each edge.
    @usableFromInline package let indices: UnsafePointer<Int32>
    /// A row per source; not read if messages are copies of edges.
    @usableFromInline package let u: SpacedRows
    /// A row or a number per edge; not read if messages are copies of sources.
    @usableFromInline package let e: SpacedRows
    /// Whether an edge has one number for all features. Otherwise it has a row.
    @usableFromInline package let hasNumbers: Bool
    @usableFromInline package let features: Int
    /// A row per destination, `step` floats apart.
    @usableFromInline package let y: UnsafeMutablePointer<Float>
    @usableFromInline package let step: Int
    @usableFromInline package let rows: Int
    /// Whether y is written past the caches: then its rows are whole vectors, aligned to them.
    @usableFromInline package let streams: Bool
    @usableFromInline package let finish: RowFinish

    @inlinable package init(
        _ message: Message, _ reduction: Reduction, pointers: UnsafePointer<Int32>, indices: UnsafePointer<Int32>,
        u: SpacedRows, e: SpacedRows, hasNumbers: Bool, features: Int, y: UnsafeMutablePointer<Float>, step: Int,
        rows: Int, streams: Bool = false, finish: RowFinish = RowFinish()
    ) {
        self.streams = streams
        self.finish = finish
        self.message = message
        self.reduction = reduction
        self.pointers = pointers
        self.indices = indices
        self.u = u
        self.e = e
        self.hasNumbers = hasNumbers
        self.features = features
        self.y = y
        self.step = step
        self.rows = rows
    }

    /// The edges that lead to a row.
    @inlinable @inline(__always) package func edges(of row: Int) -> Range<Int> {
        Int(pointers[row])..<Int(pointers[row + 1])
    }

    /// The factor for the reduced messages of every row but those of a mean. A minimum is kept with the other sign.
    @inlinable @inline(__always) package var scale: Float {
        reduction == .minimum ? -1 : planted(.spmmRelative) ? 1.0001 : 1
    }

    /// The factor for the reduced messages of a row with `edges` edges.
    @inlinable @inline(__always) package func scale(edges: Int) -> Float {
        reduction == .mean && edges > 0 ? 1 / Float(edges + slip(.spmmMean)) : scale
    }

    /// The source whose row to prefetch: that of the edge `distance` after this one, or else of the last edge.
    @inlinable @inline(__always) package func source(ahead distance: Int, of edge: Int) -> Int {
        Int(indices[min(edge + distance, Int(pointers[rows]) - 1)])
    }

    /// The number of an edge, as a term or a factor: a difference adds its negative, a quotient multiplies by its reciprocal.
    @inlinable @inline(__always) package func number(of edge: Int) -> Float {
        let number = e.first[(planted(.spmmWeight) ? 0 : edge) * e.step]
        return switch message {
        case .subtract: -number
        case .divide: 1 / number
        default: number
        }
    }

    /// The bits that change the sign of the elements that a difference adds.
    @inlinable @inline(__always) package var signOfEdges: Float {
        message == .subtract && !planted(.gspmmSign) ? -0.0 : 0
    }

    /// Whether a number of the edges from the first row's on is NaN.
    @inlinable @inline(__always) package func hasNaN<V: FloatVector>(_ vector: V.Type) -> Bool {
        let edges = Int(pointers[0])..<Int(pointers[rows])
        var (sum, edge) = (V.zero, edges.lowerBound)
        while edge + V.lanes <= edges.upperBound {
            let numbers = V(loading: e.first + edge)
            // 0 for what is a number.
            sum = sum.adding(V.zero.chosen(where: numbers, isAtMost: numbers, else: numbers))
            edge += V.lanes
        }
        return sum.total.isNaN || (edge..<edges.upperBound).contains { e.first[$0].isNaN }
    }

    /// The bits that change the sign of a message.
    @inlinable @inline(__always) package var signOfMessages: Float { reduction == .minimum ? -0.0 : 0 }
}
