import COpenBLAS
import Workloads

/// The BLAS calls that kernels make: row-major, with `Int` counts.
enum BLAS {
    /// The first element of a matrix, and the elements from one row to the next.
    struct Matrix {
        let base: UnsafeMutablePointer<Float>
        let stride: Int

        init(_ base: UnsafeMutablePointer<Float>, stride: Int) {
            self.base = base
            self.stride = stride
        }

        /// The matrix from a row on.
        func from(row: Int) -> Matrix { Matrix(base + row * stride, stride: stride) }
    }

    /// Why OpenBLAS cannot work with these extents and strides, or nil if it can: it counts in 32 bits.
    static func refusal(_ extents: Int...) -> String? {
        guard let large = extents.first(where: { $0 > Int(Int32.max) }) else { return nil }
        return "OpenBLAS counts in 32 bits, and an extent of its matrices would be \(large)"
    }

    /// Sets the number of threads for all later calls in the process. Throws if OpenBLAS was built for fewer, which it
    /// does not report by itself.
    static func use(threads: Int) throws(ShapeError) {
        openblas_set_num_threads(Int32(clamping: threads))
        let most = Int(openblas_get_num_threads())
        guard most == threads else {
            throw ShapeError("OpenBLAS was built for \(most) threads at most", remedy: "ask for \(most) or fewer")
        }
    }

    /// c = a b, or c += a b: [rows, depth] x [depth, columns]. With `transposed`, b is stored as [columns, depth]; with
    /// `leftTransposed`, a as [depth, rows].
    static func multiply(
        rows: Int, columns: Int, depth: Int, _ a: Matrix, leftTransposed: Bool = false, _ b: Matrix,
        transposed: Bool = false, adding: Bool = false, into c: Matrix
    ) {
        cblas_sgemm(
            CblasRowMajor, leftTransposed ? CblasTrans : CblasNoTrans, transposed ? CblasTrans : CblasNoTrans,
            Int32(rows), Int32(columns),
            Int32(depth), 1, a.base, Int32(a.stride), b.base, Int32(b.stride), adding ? 1 : 0, c.base,
            Int32(c.stride))
    }

    /// y = a x, or y = x a with `transposed`; a is [rows, columns]. With `adding`, the product is added to y.
    static func multiply(
        rows: Int, columns: Int, _ a: Matrix, transposed: Bool = false, _ x: UnsafePointer<Float>,
        adding: Bool = false, into y: UnsafeMutablePointer<Float>
    ) {
        cblas_sgemv(
            CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), 1, a.base,
            Int32(a.stride), x, 1, adding ? 1 : 0, y, 1)
    }

    /// Sets each of the contiguous rows to the bias, so that a product can be added to them.
    static func spread(_ bias: UnsafePointer<Float>, count: Int, over rows: Int, of y: UnsafeMutablePointer<Float>) {
        for row in 0..<rows { (y + row * count).update(from: bias, count: count) }
    }
}
