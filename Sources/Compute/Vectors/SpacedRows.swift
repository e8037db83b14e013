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
