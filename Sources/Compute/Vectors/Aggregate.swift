import CPlatform
import Mutants

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
        let (finish, finishes) = (rows.finish, rows.finish.changes)
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
            for i in 0..<vectors { reduced[i] = reduced[i].multiplied(by: scale) }
            if finishes {
                unrolled(vectors) { i in reduced[i] = finish(reduced[i], row: row, column: first + i * V.lanes) }
            }
            if streams {
                for i in 0..<vectors { reduced[i].stream(to: target + i * V.lanes) }
            } else {
                for i in 0..<vectors { reduced[i].store(to: target + i * V.lanes) }
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
                if rows.finish.changes { rows.finish(target, row: row, count: rows.features) }
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
                if rows.finish.changes { rows.finish(rows.y + row * rows.step, row: row, count: 1) }
            }
        }
    }
}
