import Instructions
import Tensors
import Vectors
import Workloads

extension SpMM {
    /// Each row of the output is held in registers, a block of features at a time, until all its edges are read.
    func native(_ tensors: Operands) {
        let kind: SparseRows.Reduction =
            switch reduction {
            case .sum: .sum
            case .mean: .mean
            case .max: .maximum
            }
        VectorKernels.chosen.aggregate(
            SparseRows(
                kind, pointers: tensors["pointers"].ints, indices: tensors["indices"].ints,
                weights: tensors.optional("values").map { UnsafePointer($0.floats) }, x: tensors["x"].floats,
                sources: graph.columns, features: features, y: tensors["y"].floats, rows: rows))
    }
}
