import Mutants
import Vectors

extension AttentionBlocks {
    /// One query per head: every key and value is read once, for all heads that share it.
    func stream(
        _ q: UnsafePointer<Float>, _ key: UnsafePointer<Float>, _ value: UnsafePointer<Float>, _ memory: Memory
    ) {
        kernels.scale(count: rows * dim, q, factor: scale, into: memory.keys)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: rows) { seen in
            for first in Swift.stride(from: 0, to: shape.keys, by: block) {
                let count = min(block, shape.keys - first)
                for r in 0..<rows {
                    seen[r] = count
                    kernels.dotProducts(
                        memory.keys + r * dim, count: dim, rows: key + first * dim, number: count,
                        into: memory.scores + r * block)
                }
                kernels.softmaxStep(
                    ScoreRows(
                        count: rows, scores: memory.scores, stride: block, seen: seen.baseAddress!, depth: count,
                        largest: memory.largest, total: memory.total, factor: memory.factor))
                for r in 0..<rows {
                    kernels.weightedSum(
                        weights: memory.scores + r * block, rows: value + first * dim,
                        number: count - slip(.decodeKey), count: dim, memory.sums + r * dim,
                        factor: memory.factor[r])
                }
            }
        }
    }
}
