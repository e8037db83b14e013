import Mutants

/// Softmax of one row in place: row[i] becomes e^(scale row[i]) / sum over j of e^(scale row[j]).
///
/// The scale must be positive, because the maximum is taken before it is applied. An empty row is left as it is. A row
/// with a NaN, or with only -infinity, becomes NaN, as in PyTorch.
package func softmaxRow(_ row: UnsafeMutablePointer<Float>, count: Int, scale: Float = 1) {
    normalisedExponentials(row, into: row, count: count, scale: scale)
}

/// Softmax of one row into another one; the two do not overlap.
package func softmaxRow(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, count: Int, scale: Float = 1
) {
    normalisedExponentials(source, into: target, count: count, scale: scale)
}

// Inlined into both functions, so that the compiler knows whether the rows are the same and need not test for it.
@inline(__always)
private func normalisedExponentials(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, count: Int, scale: Float
) {
    let largest = planted(.plainLargest) ? 0 : Lanes.maximum(source, count: count)
    for i in 0..<count { target[i] = exponential(scale * (source[i] - largest)) }
    let factor = 1 / Lanes.sum(target, count: count)
    for i in 0..<count { target[i] *= factor }
}
