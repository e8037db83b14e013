import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

extension SpMM {
    /// Each output row is held in registers, a block of features at a time, until all its edges are read.
    ///
    /// Threads share the edges, not the rows, so that none waits for the one that has the hub. A row that is cut is
    /// reduced in parts: the first in its place, the others beside it. They are combined at the end.
    var native: Implementation {
        var workspace = Workspace()
        let rest = workspace.perThread(features)
        return Implementation(
            "native", "a block of features in registers over all edges of a row", threading: .any, workspace: workspace
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let part: (Share) -> Void = { reduce(tensors, $0, rest: memory[rest, $0.index]) }
            return PreparedCall {
                pool.run(part)
                if setting.threads > 1 && !planted(.spmmJoin) {
                    join(tensors, parts: setting.threads) { memory[rest, $0] }
                }
            }
        }
    }

    /// Reduces the edges of a share. Edges of a row that began in another share go to `rest`.
    private func reduce(_ tensors: Operands, _ share: Share, rest: UnsafeMutablePointer<Float>) {
        let (pointers, y) = (tensors["pointers"].ints, tensors["y"].floats)
        guard share.count > 1 else { return reduce(tensors, pointers, rows: rows, kind, into: y) }
        let cut = cut(share, pointers)
        if let row = cut.begun {
            reduce(tensors, edges: cut.edges.lowerBound..<min(cut.edges.upperBound, Int(pointers[row + 1])), into: rest)
        }
        let whole = cut.rows
        reduce(tensors, pointers + whole.lowerBound, rows: whole.count, kind, into: y + whole.lowerBound * features)
        if let row = cut.unfinished {
            reduce(tensors, edges: Int(pointers[row])..<cut.edges.upperBound, into: y + row * features)
        }
    }

    /// Reduces part of a row, without the division of a mean, which needs all edges of the row.
    private func reduce(_ tensors: Operands, edges: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { ends in
            ends[0] = Int32(edges.lowerBound)
            ends[1] = Int32(edges.upperBound)
            reduce(tensors, ends.baseAddress!, rows: 1, kind == .mean ? .sum : kind, into: target)
        }
    }

    private func reduce(
        _ tensors: Operands, _ pointers: UnsafePointer<Int32>, rows: Int, _ kind: SparseRows.Reduction,
        into target: UnsafeMutablePointer<Float>
    ) {
        microkernels.aggregate(
            SparseRows(
                kind, pointers: pointers, indices: tensors["indices"].ints,
                weights: tensors.optional("values").map { UnsafePointer($0.floats) }, x: tensors["x"].floats,
                sources: graph.columns, features: features, y: target, rows: rows))
    }

    /// Combines the parts of the rows that were cut, in their order.
    private func join(_ tensors: Operands, parts: Int, rest: (_ part: Int) -> UnsafeMutablePointer<Float>) {
        let (pointers, y) = (tensors["pointers"].ints, tensors["y"].floats)
        for index in 1..<parts {
            let cut = cut(Share(index, of: parts), pointers)
            guard let row = cut.begun else { continue }
            let (target, part) = (y + row * features, rest(index))
            for i in 0..<features { target[i] = kind == .maximum ? maximum(target[i], part[i]) : target[i] + part[i] }
            if kind == .mean, Int(pointers[row + 1]) <= cut.edges.upperBound {
                let edges = Float(pointers[row + 1] - pointers[row])
                for i in 0..<features { target[i] /= edges }
            }
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
    private func cut(_ share: Share, _ pointers: UnsafePointer<Int32>) -> Cut {
        let edges = share.range(of: self.edges)
        let first = share.index == 0 ? 0 : pointers.firstRow(from: edges.lowerBound, of: rows)
        let next = share.index == share.count - 1 ? rows : pointers.firstRow(from: edges.upperBound, of: rows)
        let isBegun = first > 0 && Int(pointers[first]) > edges.lowerBound && !edges.isEmpty
        let isUnfinished = next > first && Int(pointers[next]) > edges.upperBound
        return Cut(
            edges: edges, begun: isBegun ? first - 1 : nil, rows: first..<(isUnfinished ? next - 1 : next),
            unfinished: isUnfinished ? next - 1 : nil)
    }

    private var kind: SparseRows.Reduction {
        switch reduction {
        case .sum: .sum
        case .mean: .mean
        case .max: .maximum
        }
    }
}
