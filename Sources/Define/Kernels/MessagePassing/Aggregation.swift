import Instructions
import Mutants
import Threads
import Vectors

/// Messages of edges reduced at their destinations, which threads share: the call behind the kernels of message passing.
///
/// Threads share the edges, not the rows, so that none waits for the one that has the hub. A row that is cut is
/// reduced in parts: the first in its place, the others beside it. They are combined at the end.
struct Aggregation {
    let message: SparseRows.Message
    let reduction: SparseRows.Reduction
    /// Number of destinations.
    let rows: Int
    /// Number of sources.
    let sources: Int
    let edges: Int
    let features: Int
    /// Numbers of an edge: one for all features, or one for each of as many parts of a row.
    let edgeFeatures: Int
    /// [rows + 1]
    let pointers: UnsafePointer<Int32>
    /// [edges]
    let indices: UnsafePointer<Int32>
    /// [sources, features], and [edges, edgeFeatures]; nil if messages do not read it.
    let u: UnsafePointer<Float>?
    let e: UnsafePointer<Float>?
    /// [rows, features]
    let y: UnsafeMutablePointer<Float>
    /// What becomes of each row at the end.
    var finish = RowFinish()

    /// A call of it on the threads of a pool; `rest` is a row of memory for each of them.
    func call(on pool: ThreadPool, threads: Int, rest: @escaping (_ thread: Int) -> UnsafeMutablePointer<Float>)
        -> () -> Void
    {
        let part: (Share) -> Void = { reduce($0, rest: rest($0.index)) }
        return {
            pool.run(part)
            if threads > 1 && !planted(.spmmJoin) { join(parts: threads, rest: rest) }
        }
    }

    /// Reduces the edges of a share. Edges of a row that began in another share go to `rest`.
    private func reduce(_ share: Share, rest: UnsafeMutablePointer<Float>) {
        guard share.count > 1 else { return reduce(pointers, rows: rows, reduction, into: y, finish) }
        let cut = cut(share)
        if let row = cut.begun {
            reduce(edges: cut.edges.lowerBound..<min(cut.edges.upperBound, Int(pointers[row + 1])), into: rest)
        }
        let whole = cut.rows
        reduce(
            pointers + whole.lowerBound, rows: whole.count, reduction, into: y + whole.lowerBound * features,
            finish.from(row: whole.lowerBound))
        if let row = cut.unfinished {
            reduce(edges: Int(pointers[row])..<cut.edges.upperBound, into: y + row * features)
        }
    }

    /// Reduces part of a row, without the division of a mean and what comes after it, which need all edges of the row.
    private func reduce(edges: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { ends in
            ends[0] = Int32(edges.lowerBound)
            ends[1] = Int32(edges.upperBound)
            reduce(
                ends.baseAddress!, rows: 1, reduction == .mean ? .sum : reduction, into: target, RowFinish())
        }
    }

    /// Reduces whole rows, those of each number of an edge apart.
    private func reduce(
        _ pointers: UnsafePointer<Int32>, rows: Int, _ reduction: SparseRows.Reduction,
        into target: UnsafeMutablePointer<Float>, _ finish: RowFinish
    ) {
        let isRow = edgeFeatures == 0 || edgeFeatures == features
        let parts = isRow ? 1 : edgeFeatures
        let width = features / parts
        let none = SpacedRows(UnsafePointer(y), step: 0, floats: 0)
        for part in 0..<parts {
            let first = part * width
            let u = u.map { SpacedRows($0 + first, step: features, floats: sources * features - first) }
            let e = e.map { SpacedRows($0 + part, step: edgeFeatures, floats: edges * edgeFeatures - part) }
            microkernels.aggregate(
                SparseRows(
                    message, reduction, pointers: pointers, indices: indices, u: u ?? none, e: e ?? none,
                    hasNumbers: !isRow, features: width, y: target + first, step: features,
                    rows: rows, streams: isStreamed(elements: self.rows * features, row: width),
                    finish: finish.from(row: 0, column: first)))
        }
    }

    /// Combines the parts of the rows that were cut, in their order.
    private func join(parts: Int, rest: (_ part: Int) -> UnsafeMutablePointer<Float>) {
        for index in 1..<parts {
            let cut = cut(Share(index, of: parts))
            guard let row = cut.begun else { continue }
            let (target, part) = (y + row * features, rest(index))
            switch reduction {
            case .sum, .mean: for i in 0..<features { target[i] += part[i] }
            case .maximum: for i in 0..<features { target[i] = Kernels.maximum(target[i], part[i]) }
            case .minimum: for i in 0..<features { target[i] = -Kernels.maximum(-target[i], -part[i]) }
            }
            guard Int(pointers[row + 1]) <= cut.edges.upperBound else { continue }
            if reduction == .mean {
                let edges = Float(pointers[row + 1] - pointers[row])
                for i in 0..<features { target[i] /= edges }
            }
            if finish.changes, !planted(.finishJoin) { finish(target, row: row, count: features) }
        }
    }

    /// The rows that belong to a share of the edges.
    private struct Cut {
        let edges: Range<Int>
        /// The row that began in an earlier share and has edges here.
        let begun: Int?
        /// Rows that have all their edges here, including empty rows.
        let rows: Range<Int>
        /// The row that begins here and has edges in the next share.
        let unfinished: Int?
    }

    /// Every row begins in one share: that of its first edge, or, if it has no edges, that of the edge before it.
    private func cut(_ share: Share) -> Cut {
        let edges = share.range(of: self.edges)
        let first = share.index == 0 ? 0 : pointers.firstRow(from: edges.lowerBound, of: rows)
        let next = share.index == share.count - 1 ? rows : pointers.firstRow(from: edges.upperBound, of: rows)
        let isBegun = first > 0 && Int(pointers[first]) > edges.lowerBound && !edges.isEmpty
        let isUnfinished = next > first && Int(pointers[next]) > edges.upperBound
        return Cut(
            edges: edges, begun: isBegun ? first - 1 : nil, rows: first..<(isUnfinished ? next - 1 : next),
            unfinished: isUnfinished ? next - 1 : nil)
    }
}
