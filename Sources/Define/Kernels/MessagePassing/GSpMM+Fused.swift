import Mutants
import Tensors
import Vectors
import Workloads

extension GSpMM {
    /// Each row of the output is accumulated over its edges, straight from the rows of the input.
    func fused(_ tensors: Operands) {
        let messages = rows(of: tensors)
        let finish = update.finish(tensors, features: features)
        messages.forEachMessage { message in
            switch reduction {
            case .sum, .mean: reduceRows(tensors, from: 0, message) { $0 + $1 }
            case .max: reduceRows(tensors, from: -.infinity, message) { maximum($0, $1) }
            case .min: reduceRows(tensors, from: .infinity, message) { -maximum(-$0, -$1) }
            }
        }

        @inline(__always)
        func reduceRows(
            _ tensors: Operands, from start: Float, _ message: (_ u: Float, _ e: Float) -> Float,
            combine: (_ reduced: Float, _ message: Float) -> Float
        ) {
            let (pointers, y) = (tensors["pointers"].ints, tensors["y"].floats)
            for row in 0..<rows {
                let target = y + row * features
                let neighbours = Int(pointers[row])..<Int(pointers[row + 1])
                let first = neighbours.isEmpty ? 0 : start
                for i in 0..<features { target[i] = first }
                for edge in neighbours {
                    messages.forEachElement(of: edge, numbers: edge) { i, u, e in
                        target[i] = combine(target[i], message(u, e))
                    }
                }
                if reduction == .mean, !neighbours.isEmpty {
                    let divisor = Float(neighbours.count + slip(.fusedMean))
                    for i in 0..<features { target[i] /= divisor }
                }
                if finish.changes { finish(target, row: row, count: features) }
            }
        }
    }
}
