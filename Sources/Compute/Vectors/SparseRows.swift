import CPlatform
import Mutants

/// Rows of a matrix: where the first begins, and how far apart they are.
@usableFromInline package struct SpacedRows {
    @usableFromInline package let first: UnsafePointer<Float>
    /// Floats from the start of one row to the start of the next.
    @usableFromInline package let step: Int
    /// Floats that may be read from `first` on.
    @usableFromInline package let floats: Int

    @inlinable package init(_ first: UnsafePointer<Float>, step: Int, floats: Int) {
        self.first = first
        self.step = step
        self.floats = floats
    }
}

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

    @inlinable package init(
        _ message: Message, _ reduction: Reduction, pointers: UnsafePointer<Int32>, indices: UnsafePointer<Int32>,
        u: SpacedRows, e: SpacedRows, hasNumbers: Bool, features: Int, y: UnsafeMutablePointer<Float>, step: Int,
        rows: Int, streams: Bool = false
    ) {
        self.streams = streams
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

extension Microkernels {
    /// Aggregates over a graph. A block of features stays in registers over all edges of a row.
    @inlinable @inline(never)
    package static func aggregate(_ rows: SparseRows) {
        switch (rows.message, rows.hasNumbers) {
        case (.copySource, _): aggregate(rows, CopySource.self)
        case (.copyEdge, _): aggregate(rows, CopyEdge.self)
        case (.add, true), (.subtract, true): aggregate(rows, AddNumber.self)
        case (.add, false), (.subtract, false): aggregate(rows, AddRow.self)
        case (.multiply, true), (.divide, true): aggregate(rows, MultiplyNumber.self)
        case (.multiply, false): aggregate(rows, MultiplyRow.self)
        case (.divide, false): aggregate(rows, DivideRow.self)
        }
    }

    /// The same for one kind of message.
    @inlinable @inline(__always)
    package static func aggregate<M: EdgeMessage>(_ rows: SparseRows, _ message: M.Type) {
        switch rows.reduction {
        case .sum, .mean: aggregate(rows, message, SumOfMessages.self)
        case .maximum, .minimum: aggregate(rows, message, ExtremeOfMessages.self)
        }
    }

    /// The same for one kind of reduction too.
    @inlinable @inline(__always)
    package static func aggregate<M: EdgeMessage, R: MessageReduction>(
        _ rows: SparseRows, _ message: M.Type, _ reduction: R.Type
    ) {
        guard rows.features >= V.lanes else {
            if rows.features == 1 && rows.e.step == 1 && M.edge == .row && !M.readsSource {
                aggregateNumbers(rows, reduction)
            } else {
                aggregateNarrow(rows, message, reduction)
            }
            return
        }
        var column = 0
        while column < rows.features {
            let rest = min((rows.features - column + V.lanes - 1) / V.lanes, rows.features / V.lanes)
            if rest >= 8 {
                column = aggregate(rows, message, reduction, from: column, Count<8>())
            } else if rest >= 4 {
                column = aggregate(rows, message, reduction, from: column, Count<4>())
            } else if rest >= 2 {
                column = aggregate(rows, message, reduction, from: column, Count<2>())
            } else {
                column = aggregate(rows, message, reduction, from: column, Count<1>())
            }
        }
    }

    /// Computes `vectors` vectors of all rows and gives the column after them. All rows first, and not all columns: a block
    /// of a wide input is small enough for a cache, and what is prefetched belongs to the block that comes next.
    ///
    /// The block begins before `column` if it would otherwise reach beyond the row: what two blocks share is computed twice.
    @inlinable @inline(__always)
    package static func aggregate<M: EdgeMessage, R: MessageReduction, let vectors: Int>(
        _ rows: SparseRows, _ message: M.Type, _ reduction: R.Type, from column: Int, _ count: Count<vectors>
    ) -> Int {
        let first = min(column, rows.features - vectors * V.lanes)
        let (u, e) = (rows.u.first + first, rows.e.first + first)
        // What is written could be the description of the rows for all that the compiler knows: so its parts are read once.
        let (pointers, indices, sourceStep, edgeStep) = (rows.pointers, rows.indices, rows.u.step, rows.e.step)
        let (y, step, streams, isMean) = (rows.y + first, rows.step, rows.streams, rows.reduction == .mean)
        let last = Int(pointers[rows.rows]) - 1
        let everyScale = V(broadcasting: rows.scale)
        let signOfEdges = V(broadcasting: rows.signOfEdges)
        let signOfMessages = V(broadcasting: rows.signOfMessages)
        // About as many bytes on their way, however wide the block.
        let distance = min(32, 1024 / (vectors * V.lanes))
        for row in 0..<rows.rows {
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            var reduced = InlineArray<vectors, V>(
                repeating: V(broadcasting: edges.isEmpty || planted(.spmmStart) ? 0 : R.start))
            for edge in planted(.spmmHubEdge) && edges.count > 5000 ? edges.dropLast() : edges {
                let source = M.readsSource ? u + Int(indices[edge]) * sourceStep : u
                let ahead = M.readsSource ? u + Int(indices[min(edge + distance, last)]) * sourceStep : u
                let number = M.edge == .number ? V(broadcasting: rows.number(of: edge)) : .zero
                let own = M.edge == .row ? e + (edge - slip(.gspmmEdge)) * edgeStep : e
                unrolled(vectors) { i in
                    // Once per line of 16 floats.
                    if M.readsSource && i * V.lanes % 16 == 0 { assay_prefetch(ahead + i * V.lanes) }
                    let term =
                        M.edge == .row ? V(loading: own + i * V.lanes).exclusiveOr(signOfEdges) : number
                    let element = M.readsSource ? V(loading: source + i * V.lanes) : .zero
                    reduced[i] = R.combine(message, reduced[i], element, term, sign: signOfMessages)
                }
            }
            let scale = isMean ? V(broadcasting: rows.scale(edges: edges.count)) : everyScale
            let target = y + row * step
            if streams {
                for i in 0..<vectors { reduced[i].multiplied(by: scale).stream(to: target + i * V.lanes) }
            } else {
                for i in 0..<vectors { reduced[i].multiplied(by: scale).store(to: target + i * V.lanes) }
            }
        }
        if streams { assay_streamed() }
        return first + vectors * V.lanes
    }

    /// The same for rows shorter than a vector: the lanes beyond a row compute what is not kept.
    ///
    /// A vector that would reach beyond the end of u or e is read from a copy of their last rows.
    @inlinable @inline(__always)
    package static func aggregateNarrow<M: EdgeMessage, R: MessageReduction>(
        _ rows: SparseRows, _ message: M.Type, _ reduction: R.Type
    ) {
        let signOfEdges = V(broadcasting: rows.signOfEdges)
        let signOfMessages = V(broadcasting: rows.signOfMessages)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 5 * V.lanes) { buffer in
            guard let result = buffer.baseAddress else { return }
            let u = NarrowRows<V>(rows.u, isRead: M.readsSource, copy: result + V.lanes)
            let e = NarrowRows<V>(rows.e, isRead: M.edge == .row, copy: result + 3 * V.lanes)
            for row in 0..<rows.rows {
                let edges = rows.edges(of: row)
                var reduced = V(broadcasting: edges.isEmpty ? 0 : R.start)
                for edge in planted(.spmmEdge) ? edges.dropLast() : edges {
                    var (element, term) = (V.zero, V.zero)
                    if M.readsSource {
                        assay_prefetch(rows.u.first + rows.source(ahead: 32, of: edge) * rows.u.step)
                        element = u[Int(rows.indices[edge])]
                    }
                    switch M.edge {
                    case .nothing: break
                    case .number: term = V(broadcasting: rows.number(of: edge))
                    case .row: term = e[edge].exclusiveOr(signOfEdges)
                    }
                    reduced = R.combine(message, reduced, element, term, sign: signOfMessages)
                }
                reduced.multiplied(by: V(broadcasting: rows.scale(edges: edges.count))).store(to: result)
                let target = rows.y + row * rows.step
                for i in 0..<rows.features { target[i] = result[i] }
            }
        }
    }
}

extension Microkernels {
    /// The same for copies of one number per edge: those of a row are neighbours, and a vector holds most rows.
    @inlinable @inline(__always)
    package static func aggregateNumbers<R: MessageReduction>(_ rows: SparseRows, _ reduction: R.Type) {
        let sign = V(broadcasting: rows.signOfMessages)
        let start = V(broadcasting: R.start)
        // The largest lane is found without regard to NaN.
        guard R.start == 0 || !rows.hasNaN(V.self) else { return aggregateNarrow(rows, CopyEdge.self, reduction) }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * V.lanes) { buffer in
            guard let beyond = buffer.baseAddress else { return }
            V.zero.store(to: beyond)
            V(broadcasting: 1).store(to: beyond + V.lanes)
            let last = beyond + 2 * V.lanes
            for row in 0..<rows.rows {
                let edges = rows.edges(of: row)
                var reduced = start
                var edge = edges.lowerBound
                while edge < edges.upperBound {
                    let count = min(V.lanes, edges.upperBound - edge)
                    var numbers = start
                    if edge + V.lanes <= rows.e.floats {
                        numbers = V(loading: rows.e.first + edge)
                    } else {
                        for i in 0..<count { last[i] = rows.e.first[edge + i] }
                        numbers = V(loading: last)
                    }
                    // What stands behind the row is none of it.
                    let mask = V(loading: beyond + V.lanes - count + slip(.aggregateMask))
                    let own = numbers.exclusiveOr(sign).chosen(where: mask, isAtMost: .zero, else: start)
                    reduced = R.combine(reduced, own)
                    edge += count
                }
                let number = R.start == 0 ? reduced.total : reduced.greatest
                rows.y[row * rows.step] = edges.isEmpty ? 0 : number * rows.scale(edges: edges.count)
            }
        }
    }
}

/// Rows shorter than a vector, each read as a whole one: what stands behind a row is read with it.
@usableFromInline struct NarrowRows<V: FloatVector> {
    @usableFromInline let rows: SpacedRows
    /// Where the rows begin whose vectors would reach too far, and the copy of what is there.
    @usableFromInline let copied: Int
    @usableFromInline let copy: UnsafePointer<Float>

    /// Copies the last rows into two vectors at `copy`, if any are read.
    @inlinable @inline(__always)
    init(_ rows: SpacedRows, isRead: Bool, copy: UnsafeMutablePointer<Float>) {
        self.rows = rows
        self.copy = UnsafePointer(copy)
        let whole = rows.floats < V.lanes ? 0 : (rows.floats - V.lanes) / rows.step + 1
        // Behind the last row if every row is followed by enough.
        copied = min(whole * rows.step, rows.floats)
        guard isRead else { return }
        V.zero.store(to: copy)
        V.zero.store(to: copy + V.lanes)
        for i in 0..<(rows.floats - copied) { copy[i] = rows.first[copied + i - slip(.spmmEnd)] }
    }

    @inlinable @inline(__always) subscript(row: Int) -> V {
        let place = row * rows.step
        return V(loading: place < copied ? rows.first + place : copy + (place - copied))
    }
}
