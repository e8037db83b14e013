import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// y = act(x w + bias + residual) for every matrix of a batch, with one weight; act, bias and residual are optional.
package struct MatMul: Kernel {
    package static let schema = Schema(
        "matmul", "matrix product: [batch * m, k] x [k, n]",
        [
            .count("b", as: "batch", default: 1, "matrices of the batch"),
            .count("m", "rows of the input"),
            .count("k", "columns of the input: the length of the sums"),
            .count("n", "columns of the output"),
        ] + Epilogue.parameters(bias: "adds a bias of n elements") + [
            .flag("transposed", "the weight is stored as [n, k], as linear layers have it").asExtra
        ], example: "m=64,k=64,n=64", elements: [.f32, .bf16, .i8, .u8])

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    /// The batch folded into the rows.
    let rows: Int
    let k: Int
    let n: Int
    let epilogue: Epilogue
    /// Whether the weight is [n, k].
    let isTransposed: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try product(arguments.int("b"), arguments.int("m"))
        k = arguments.int("k")
        n = arguments.int("n")
        epilogue = Epilogue(arguments)
        isTransposed = arguments.flag("transposed")
        try epilogue.check(arguments.element, length: k)
        let floats: [Operand] =
            try [
                .input("x", [rows, k], layout: "MK", values: epilogue.inputs),
                .weight(
                    "weight", isTransposed ? [n, k] : [k, n], layout: isTransposed ? "NK" : "KN", fanIn: k),
            ] + epilogue.operands(bias: n, like: [rows, n], layout: "MN") + [.output("y", [rows, n], layout: "MN")]
        operands = floats.map { $0.of(arguments.element) }
        macs = try product(rows, k, n)
        elementOperations = epilogue.operations(on: rows * n)
    }

    package var reductionLength: Int { k }

    /// Rows may differ in size by far, as those of a graph's hubs do: each has the tolerance of its own sums.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        guard element == .f32 else { return epilogue.sums(behind: output, length: reductionLength, in: tensors) }
        let (x, weight) = (tensors["x"], tensors["weight"].rootMeanSquare)
        let scale = weight * Double(k).squareRoot() * (epilogue.function?.steepness ?? 1)
        return (0..<rows).map { row in
            Sums(elements: n, length: k, scale: x.rootMeanSquare(of: row * k..<(row + 1) * k) * scale)
        }
    }

    package var implementations: [Implementation] {
        if let plain = plain.implementation(of: element) { return [plain] }
        return [
            native,
            Implementation(
                "openblas", rows == 1 ? "one sgemv" : "one sgemm", threading: .any,
                unsupported: BLAS.refusal(rows, k, n)
            ) { tensors, setting, _ in
                let (bias, y) = (tensors.optional("bias"), tensors["y"].floats)
                let residual = tensors.optional("residual")
                try BLAS.use(threads: setting.threads)
                return PreparedCall {
                    if let bias { BLAS.spread(bias.floats, count: n, over: rows, of: y) }
                    multiply(tensors["x"].floats, tensors["weight"].floats, adding: bias != nil, into: y)
                    epilogue.finish(y, residual?.floats, count: rows * n)
                }
            },
        ]
    }

    private var plain: PlainSums {
        PlainSums(
            rows: rows, taps: 1, groups: 1, inputs: k, outputs: n, epilogue: epilogue,
            strides: isTransposed ? (k, 1, 0) : (1, n, 0)
        ) { row, _ in row * k }
    }

    /// y = x w, or y += x w, with OpenBLAS.
    private func multiply(
        _ x: UnsafeMutablePointer<Float>, _ weight: UnsafeMutablePointer<Float>, adding: Bool,
        into y: UnsafeMutablePointer<Float>
    ) {
        let adding = adding && !planted(.blasBias)
        let weight = BLAS.Matrix(weight, stride: isTransposed ? k : n)
        if rows == 1 {
            BLAS.multiply(
                rows: isTransposed ? n : k, columns: isTransposed ? k : n, weight, transposed: !isTransposed, x,
                adding: adding, into: y)
        } else {
            BLAS.multiply(
                rows: rows, columns: n, depth: k, BLAS.Matrix(x, stride: k), weight, transposed: isTransposed,
                adding: adding, into: BLAS.Matrix(y, stride: n))
        }
    }

    private var native: Implementation {
        // A tile is two vectors wide: for a result of one, narrower vectors do the same in as many instructions without waste.
        let sets = InstructionSet.current.narrowing.filter { $0 != .baseline }.map(\.microkernels)
        let kernels = sets.last { 2 * $0.lanes >= n } ?? microkernels
        let tiled = TiledProduct(kernels: kernels, depth: k, columns: n, step: k, epilogue: epilogue)
        var workspace = Workspace()
        let buffers = tiled.buffers(in: &workspace)
        return Implementation(
            "native", "register tiles, the weight packed once", threading: .any, workspace: workspace, renews: true
        ) { tensors, setting, memory in
            let (x, weight, y) = (tensors["x"], tensors["weight"], tensors["y"])
            let (row, column) = isTransposed ? (1, k) : (n, 1)
            let (bias, residual) = (tensors.optional("bias"), tensors.optional("residual"))
            let pack = {
                let elements = UnsafePointer(weight.floats)
                tiled.pack(into: memory[buffers.packed]) { elements[$0 * row + $1 * column] }
                tiled.pack(bias: bias?.floats, into: memory[buffers.start])
            }
            return PreparedCall(on: try ThreadPool.shared(setting.threads), packing: pack) { share in
                let base = UnsafePointer(x.floats)
                tiled.run(
                    rows: rows,
                    TiledProduct.Memory(
                        packed: memory[buffers.packed], start: memory[buffers.start],
                        scratch: memory[buffers.scratch, share.index], residual: residual?.floats, c: y.floats,
                        stride: n), share
                ) { base + $0 * k }
            }
        }
    }

    package func reference(_ given: Operands) throws {
        let tensors = try given.asFloats(operands)
        defer { withExtendedLifetime(tensors) {} }
        let (x, weight, y) = (tensors["x"].floats, tensors["weight"].floats, tensors["y"])
        let (bias, residual) = (tensors.optional("bias")?.floats, tensors.optional("residual")?.floats)
        // Some columns at a time, as [k, columns] whatever the layout of the weight: the loop over columns reads
        // consecutive memory.
        let most = 64
        let turned = UnsafeMutablePointer<Double>.allocate(capacity: k * most)
        let sums = UnsafeMutablePointer<Double>.allocate(capacity: most)
        defer {
            turned.deallocate()
            sums.deallocate()
        }
        for first in stride(from: 0, to: n, by: most) {
            let columns = min(most, n - first)
            for column in 0..<columns {
                for i in 0..<k {
                    let place = isTransposed ? (first + column) * k + i : i * n + first + column
                    turned[i * columns + column] = Double(weight[place])
                }
            }
            for row in 0..<rows {
                for column in 0..<columns { sums[column] = bias.map { Double($0[first + column]) } ?? 0 }
                for i in 0..<k {
                    let (factor, weights) = (Double(x[row * k + i]), turned + i * columns)
                    for column in 0..<columns { sums[column] += factor * weights[column] }
                }
                for column in 0..<columns {
                    let place = row * n + first + column
                    y[place] = epilogue.exact(sums[column], residual: residual?[place])
                }
            }
        }
    }
}
