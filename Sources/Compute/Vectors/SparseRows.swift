import CPlatform
import Mutants

/// What the aggregation over a graph reads and writes: y[row] = the sum, mean or maximum of weight e times
/// x[indices[e]] over the edges e in pointers[row] ..< pointers[row + 1]; 0 if there are none.
@usableFromInline package struct SparseRows {
    /// How the messages that reach a row are combined.
    @usableFromInline package enum Reduction { case sum, mean, maximum }

    @usableFromInline package let reduction: Reduction
    /// [rows + 1]
    @usableFromInline package let pointers: UnsafePointer<Int32>
    @usableFromInline package let indices: UnsafePointer<Int32>
    /// One weight per edge; nil means 1.
    @usableFromInline package let weights: UnsafePointer<Float>?
    /// [sources, features]
    @usableFromInline package let x: UnsafePointer<Float>
    @usableFromInline package let sources: Int
    @usableFromInline package let features: Int
    /// [rows, features]
    @usableFromInline package let y: UnsafeMutablePointer<Float>
    @usableFromInline package let rows: Int

    @inlinable package init(
        _ reduction: Reduction, pointers: UnsafePointer<Int32>, indices: UnsafePointer<Int32>,
        weights: UnsafePointer<Float>?, x: UnsafePointer<Float>, sources: Int, features: Int,
        y: UnsafeMutablePointer<Float>, rows: Int
    ) {
        self.reduction = reduction
        self.pointers = pointers
        self.indices = indices
        self.weights = weights
        self.x = x
        self.sources = sources
        self.features = features
        self.y = y
        self.rows = rows
    }

    /// The edges that lead to a row.
    @inlinable @inline(__always) package func edges(of row: Int) -> Range<Int> {
        Int(pointers[row])..<Int(pointers[row + 1])
    }

    /// The factor for the reduced messages of a row with `edges` edges.
    @inlinable @inline(__always) package func scale(edges: Int) -> Float {
        reduction == .mean && edges > 0 ? 1 / Float(edges + slip(.spmmMean)) : planted(.spmmRelative) ? 1.0001 : 1
    }

    /// The source whose row to prefetch: that of the edge `distance` after this one, or else of the last edge.
    @inlinable @inline(__always) package func source(ahead distance: Int, of edge: Int) -> Int {
        Int(indices[min(edge + distance, Int(pointers[rows]) - 1)])
    }
}

extension Microkernels {
    /// Aggregates over a graph. A block of features stays in registers over all edges of a row.
    @inlinable @inline(never)
    package static func aggregate(_ rows: SparseRows) {
        switch (rows.reduction, rows.weights) {
        case (.maximum, nil): aggregate(rows, MaximumOfMessages.self)
        case (.maximum, _): aggregate(rows, MaximumOfWeightedMessages.self)
        case (_, nil): aggregate(rows, SumOfMessages.self)
        case (_, _): aggregate(rows, SumOfWeightedMessages.self)
        }
    }

    /// The same for one kind of reduction.
    @inlinable @inline(__always)
    package static func aggregate<R: MessageReduction>(_ rows: SparseRows, _ kind: R.Type) {
        guard rows.features >= V.lanes else {
            aggregateNarrow(rows, kind)
            return
        }
        var column = 0
        while column < rows.features {
            let rest = min((rows.features - column + V.lanes - 1) / V.lanes, rows.features / V.lanes)
            if rest >= 8 {
                column = aggregate(rows, kind, from: column, Count<8>())
            } else if rest >= 4 {
                column = aggregate(rows, kind, from: column, Count<4>())
            } else if rest >= 2 {
                column = aggregate(rows, kind, from: column, Count<2>())
            } else {
                column = aggregate(rows, kind, from: column, Count<1>())
            }
        }
    }

    /// Computes `vectors` vectors of all rows and returns the column after them. All rows come before the next columns:
    /// one block of a wide input is small enough for a cache, and prefetches fetch what is read next.
    ///
    /// The vectors begin before `column` if they would reach beyond the row. Overlaps are computed twice.
    @inlinable @inline(__always)
    package static func aggregate<R: MessageReduction, let vectors: Int>(
        _ rows: SparseRows, _ kind: R.Type, from column: Int, _ count: Count<vectors>
    ) -> Int {
        let first = min(column, rows.features - vectors * V.lanes)
        let base = rows.x + first
        // About the same number of bytes in flight, whatever the block width.
        let distance = min(32, 1024 / (vectors * V.lanes))
        for row in 0..<rows.rows {
            let edges = rows.edges(of: row)
            var reduced = InlineArray<vectors, V>(
                repeating: V(broadcasting: edges.isEmpty || planted(.spmmStart) ? 0 : R.start))
            for edge in planted(.spmmHubEdge) && edges.count > 5000 ? edges.dropLast() : edges {
                let source = base + Int(rows.indices[edge]) * rows.features
                let ahead = base + rows.source(ahead: distance, of: edge) * rows.features
                let weight: V = R.weight(rows, edge)
                unrolled(vectors) { i in
                    // Once per line of 16 floats.
                    if i * V.lanes % 16 == 0 { assay_prefetch(ahead + i * V.lanes) }
                    reduced[i] = R.combine(reduced[i], V(loading: source + i * V.lanes), weight)
                }
            }
            let scale = V(broadcasting: rows.scale(edges: edges.count))
            let target = rows.y + row * rows.features + first
            for i in 0..<vectors { reduced[i].multiplied(by: scale).store(to: target + i * V.lanes) }
        }
        return first + vectors * V.lanes
    }

    /// The same if a row is shorter than a vector. The lanes beyond it compute values that are not used.
    ///
    /// A vector that would reach beyond the end of x is read from a copy of the last rows of x.
    @inlinable @inline(__always)
    package static func aggregateNarrow<R: MessageReduction>(
        _ rows: SparseRows, _ kind: R.Type
    ) {
        let floats = rows.sources * rows.features
        let whole = floats < V.lanes ? 0 : (floats - V.lanes) / rows.features + 1
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * V.lanes) { buffer in
            guard let last = buffer.baseAddress else { return }
            let result = last + 2 * V.lanes
            V.zero.store(to: last)
            V.zero.store(to: last + V.lanes)
            let copied = whole * rows.features
            for i in 0..<(floats - copied) { last[i] = rows.x[copied + i - slip(.spmmEnd)] }
            for row in 0..<rows.rows {
                let edges = rows.edges(of: row)
                var reduced = V(broadcasting: edges.isEmpty ? 0 : R.start)
                for edge in planted(.spmmEdge) ? edges.dropLast() : edges {
                    let place = Int(rows.indices[edge]) * rows.features
                    let source = place < copied ? rows.x + place : UnsafePointer(last) + (place - copied)
                    assay_prefetch(rows.x + rows.source(ahead: 32, of: edge) * rows.features)
                    reduced = R.combine(reduced, V(loading: source), R.weight(rows, edge))
                }
                reduced.multiplied(by: V(broadcasting: rows.scale(edges: edges.count))).store(to: result)
                let target = rows.y + row * rows.features
                for i in 0..<rows.features { target[i] = result[i] }
            }
        }
    }
}
