import Instructions
import Vectors

/// Adds some rows to another one, each times a weight: target[i] += the sum over r of weights[r] rows[r][i]. Rows stand behind one
/// another; they may have any width.
struct WeightedRows {
    /// Floats of a row.
    private let count: Int
    private let isWhole: Bool
    private let kernels: any Microkernels.Type

    init(of count: Int) {
        self.count = count
        kernels = microkernels
        isWhole = count.isMultiple(of: kernels.lanes)
    }

    @inline(__always)
    func add(
        weights: UnsafePointer<Float>, rows: UnsafePointer<Float>, number: Int, to target: UnsafeMutablePointer<Float>
    ) {
        guard !isWhole else {
            kernels.weightedSum(weights: weights, rows: rows, number: number, count: count, target, factor: 1)
            return
        }
        for r in 0..<number {
            let (weight, row) = (weights[r], rows + r * count)
            for i in 0..<count { target[i] += weight * row[i] }
        }
    }
}
