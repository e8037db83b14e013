import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// y = a w for each pair of matrices of two batches. Neither is a weight, so nothing can be packed beforehand.
package struct BatchMatMul: Kernel {
    package static let schema = Schema(
        "bmm", "product of two matrices that both vary, for each of a batch: [m, k] x [k, n]",
        [
            .count("b", as: "batch", default: 1, "matrices of the batch"),
            .count("m", "rows of the result"),
            .count("k", "length of the sums"),
            .count("n", "columns of the result"),
            .flag("ta", as: "transposed_a", "the first matrices are stored as [k, m]"),
            .flag("tb", as: "transposed_b", "the second matrices are stored as [n, k]"),
        ], example: "b=3,m=20,k=24,n=40")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations] = []
    private let batch: Int
    private let m: Int
    private let k: Int
    private let n: Int
    private let turnsLeft: Bool
    private let turnsRight: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        batch = arguments.int("b")
        (m, k, n) = (arguments.int("m"), arguments.int("k"), arguments.int("n"))
        (turnsLeft, turnsRight) = (arguments.flag("ta"), arguments.flag("tb"))
        operands = [
            try .input("a", [batch] + (turnsLeft ? [k, m] : [m, k]), layout: turnsLeft ? "BKM" : "BMK"),
            try .input("w", [batch] + (turnsRight ? [n, k] : [k, n]), layout: turnsRight ? "BNK" : "BKN"),
            try .output("y", [batch, m, n], layout: "BMN"),
        ]
        macs = try product(batch, m, k, n)
    }

    package var reductionLength: Int { k }

    package var implementations: [Implementation] {
        [
            native,
            Implementation(
                "openblas", "one sgemm per matrix", threading: .any, unsupported: BLAS.refusal(m, k, n)
            ) { tensors, setting, _ in
                let (a, w, y) = (tensors["a"].floats, tensors["w"].floats, tensors["y"].floats)
                try BLAS.use(threads: setting.threads)
                return PreparedCall {
                    for matrix in 0..<batch {
                        BLAS.multiply(
                            rows: m, columns: n, depth: k, BLAS.Matrix(a + matrix * m * k, stride: turnsLeft ? m : k),
                            leftTransposed: turnsLeft, BLAS.Matrix(w + matrix * k * n, stride: turnsRight ? k : n),
                            transposed: turnsRight, into: BLAS.Matrix(y + matrix * m * n, stride: n))
                    }
                }
            },
        ]
    }

    /// With as many matrices as threads, each thread takes some. Else all threads share each matrix.
    private var native: Implementation {
        let single = VariableProduct(rows: m, depth: k, columns: n, turnsLeft: turnsLeft, turnsRight: turnsRight)
        var workspace = Workspace()
        let buffers = single.buffers(in: &workspace)
        return Implementation(
            "native", "register tiles, packed in the call; plain loops over small matrices", threading: .any,
            workspace: workspace
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let (a, w) = (UnsafePointer(tensors["a"].floats), UnsafePointer(tensors["w"].floats))
            let y = tensors["y"].floats
            @Sendable func own(_ share: Share, of owner: Int) -> VariableProduct.Memory {
                VariableProduct.Memory(buffers, in: memory, of: owner, thread: share.index)
            }
            guard batch < setting.threads else {
                return PreparedCall(on: pool) { share in
                    let memory = own(share, of: share.index)
                    for matrix in share.range(of: batch) {
                        let (left, right) = (a + matrix * m * k, w + (planted(.bmmMatrix) ? 0 : matrix) * k * n)
                        single(left, right, into: y + matrix * m * n, memory)
                    }
                }
            }
            let progress = Progress()
            let prepare: (Share) -> Void = { share in
                let matrix = progress.matrix
                single.prepare(a + matrix * m * k, w + matrix * k * n, own(share, of: 0), share)
            }
            let multiply: (Share) -> Void = { share in
                let matrix = progress.matrix
                single.multiply(
                    a + matrix * m * k, w + matrix * k * n, into: y + matrix * m * n, own(share, of: 0), share)
            }
            return PreparedCall {
                for matrix in 0..<batch {
                    progress.matrix = matrix
                    pool.run(prepare)
                    pool.run(multiply)
                }
            }
        }
    }

    /// The current matrix. The closures that threads run share it, because they are made only once.
    private final class Progress: @unchecked Sendable {
        var matrix = 0
    }

    package func reference(_ tensors: Operands) {
        let (a, w, y) = (tensors["a"].floats, tensors["w"].floats, tensors["y"].floats)
        var sums = [Double](repeating: 0, count: n)
        for matrix in 0..<batch {
            let (left, right) = (a + matrix * m * k, w + matrix * k * n)
            for row in 0..<m {
                for column in 0..<n { sums[column] = 0 }
                for i in 0..<k {
                    let factor = Double(turnsLeft ? left[i * m + row] : left[row * k + i])
                    for column in 0..<n {
                        sums[column] += factor * Double(turnsRight ? right[column * k + i] : right[i * n + column])
                    }
                }
                for column in 0..<n { y[(matrix * m + row) * n + column] = Float(sums[column]) }
            }
        }
    }
}
