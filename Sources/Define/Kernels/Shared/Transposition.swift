/// Turns a matrix in memory: target[j, i] = source[i, j], four by four elements at a time.
///
/// - Parameters:
///   - rows: rows of the source.
///   - columns: columns of the source.
///   - stride: elements from one row of the source to the next.
///   - step: elements from one row of the target to the next.
func transpose(
    _ source: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int, into target: UnsafeMutablePointer<Float>,
    step: Int
) {
    let (wholeRows, wholeColumns) = (rows & ~3, columns & ~3)
    for i in Swift.stride(from: 0, to: wholeRows, by: 4) {
        let (row, base) = (source + i * stride, target + i)
        for j in Swift.stride(from: 0, to: wholeColumns, by: 4) {
            let a = SIMD4<Float>(at: row + j)
            let b = SIMD4<Float>(at: row + stride + j)
            let c = SIMD4<Float>(at: row + 2 * stride + j)
            let d = SIMD4<Float>(at: row + 3 * stride + j)
            SIMD4(a[0], b[0], c[0], d[0]).store(at: base + j * step)
            SIMD4(a[1], b[1], c[1], d[1]).store(at: base + (j + 1) * step)
            SIMD4(a[2], b[2], c[2], d[2]).store(at: base + (j + 2) * step)
            SIMD4(a[3], b[3], c[3], d[3]).store(at: base + (j + 3) * step)
        }
    }
    for i in 0..<rows {
        for j in (i < wholeRows ? wholeColumns : 0)..<columns { target[j * step + i] = source[i * stride + j] }
    }
}
