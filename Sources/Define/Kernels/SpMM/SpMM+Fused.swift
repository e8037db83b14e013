import Mutants
import Tensors
import Workloads

extension SpMM {
    /// Accumulates each output row over its edges, directly from the rows of the input.
    func fused(_ tensors: Operands) {
        let (x, indices) = (tensors["x"].floats, tensors["indices"].ints)
        reduceRows(tensors, weights: tensors.optional("values")?.floats) { edge in
            UnsafePointer(x + Int(indices[edge]) * features)
        }
    }

    /// Reduces the messages of each row into the output. Message e is the row that `source(e)` points to, times weight
    /// e.
    ///
    /// Each combination has its own loop along the features, so that the compiler makes vector instructions of it.
    @inline(__always)
    func reduceRows(
        _ tensors: Operands, weights: UnsafeMutablePointer<Float>?, source: (_ edge: Int) -> UnsafePointer<Float>
    ) {
        switch (reduction, weights) {
        case (.max, nil):
            reduceRows(tensors, from: -.infinity, source) { largest, x, _ in maximum(largest, x) }
        case (.max, let weights?):
            reduceRows(tensors, from: -.infinity, source, weight: { weights[$0] }) { maximum($0, $1 * $2) }
        case (_, nil):
            reduceRows(tensors, from: 0, source) { sum, x, _ in sum + x }
        case (_, let weights?):
            reduceRows(tensors, from: 0, source, weight: { weights[$0] }) { $0 + $1 * $2 }
        }
    }

    @inline(__always)
    private func reduceRows(
        _ tensors: Operands, from start: Float, _ source: (_ edge: Int) -> UnsafePointer<Float>,
        weight: (_ edge: Int) -> Float = { _ in 1 }, combine: (_ reduced: Float, _ x: Float, _ weight: Float) -> Float
    ) {
        let (pointers, y) = (tensors["pointers"].ints, tensors["y"].floats)
        for row in 0..<rows {
            let target = y + row * features
            let neighbours = Int(pointers[row])..<Int(pointers[row + 1])
            let first = neighbours.isEmpty ? 0 : start
            for i in 0..<features { target[i] = first }
            for edge in neighbours {
                let (message, weight) = (source(edge), weight(edge))
                for i in 0..<features { target[i] = combine(target[i], message[i], weight) }
            }
            if reduction == .mean, !neighbours.isEmpty {
                let divisor = Float(neighbours.count + slip(.fusedMean))
                for i in 0..<features { target[i] /= divisor }
            }
        }
    }
}
