import Mutants
import Settings
import Tensors
import Workloads

extension Conv2D {
    /// The windows of a block of output rows form the rows of a matrix, which one sgemm per group multiplies.
    var openblas: Implementation {
        let copies = !isMatrixProduct
        var workspace = Workspace()
        let weight = workspace.packed(patch * co)
        let columns = copies ? workspace.shared(blockRows * horizontal.output * patch) : nil
        return Implementation(
            "openblas", copies ? "im2col and one sgemm a group" : "one sgemm a group, no copy", threading: .any,
            unsupported: BLAS.refusal(windows.count, patch, ci, co), workspace: workspace
        ) { tensors, setting, memory in
            let (x, y, bias) = (tensors["x"], tensors["y"], tensors.optional("bias"))
            let residual = tensors.optional("residual")
            pack(weight: tensors["weight"], in: [Block(first: 0, width: groupOutputs)], into: memory[weight])
            try BLAS.use(threads: setting.threads)
            return PreparedCall {
                multiply(
                    x.floats, memory[weight], bias?.floats, columns.map { memory[$0] }, adding: residual?.floats,
                    into: y.floats)
            }
        }
    }

    /// Whether the input already is the matrix that im2col would make.
    private var isMatrixProduct: Bool {
        [vertical, horizontal].allSatisfy { $0.kernel == 1 && $0.stride == 1 && $0.padding == 0 }
    }

    /// Output rows, counted over the batch, per product: as many as keep their windows in half of a second-level cache
    /// of 1 MiB. OpenBLAS packs the weights again in each call, so there are always enough pixels to make up for that.
    private var blockRows: Int {
        let (cached, pixels) = (512 << 10, 512)
        let fitting = cached / (4 * horizontal.output * patch)
        let paying = (pixels + horizontal.output - 1) / horizontal.output
        return min(max(fitting, paying), images * vertical.output)
    }

    private func multiply(
        _ x: UnsafeMutablePointer<Float>, _ weight: UnsafeMutablePointer<Float>, _ bias: UnsafePointer<Float>?,
        _ columns: UnsafeMutablePointer<Float>?, adding residual: UnsafePointer<Float>?,
        into y: UnsafeMutablePointer<Float>
    ) {
        let rows = images * vertical.output
        let step = columns == nil ? rows : blockRows
        for row in stride(from: 0, to: rows, by: step) {
            let block = row..<min(row + step, rows)
            let pixels = block.count * horizontal.output
            let place = row * horizontal.output * co
            let target = y + place
            if let bias { BLAS.spread(bias, count: co, over: pixels, of: target) }
            for group in 0..<groups {
                let input = x + group * groupInputs
                if let columns { gather(block, of: input, into: columns) }
                BLAS.multiply(
                    rows: pixels, columns: groupOutputs, depth: patch,
                    columns.map { BLAS.Matrix($0, stride: patch) } ?? BLAS.Matrix(input, stride: ci),
                    BLAS.Matrix(weight + group * patch * groupOutputs, stride: groupOutputs),
                    adding: bias != nil, into: BLAS.Matrix(target + group * groupOutputs, stride: co))
            }
            epilogue.finish(target, residual.map { $0 + place }, count: pixels * co)
        }
    }

    /// Copies what each output pixel of some rows sees of one group, in the order [kh, kw, ci / g], with zeros for
    /// the padding.
    private func gather(
        _ rows: Range<Int>, of input: UnsafePointer<Float>, into columns: UnsafeMutablePointer<Float>
    ) {
        let tapRow = horizontal.kernel * groupInputs
        var target = columns
        for row in rows {
            let (image, oy) = row.quotientAndRemainder(dividingBy: vertical.output)
            let visible = vertical.taps(at: oy)
            for ox in 0..<horizontal.output {
                let taps = horizontal.taps(at: ox)
                let first = horizontal.position(ox, tap: taps.lowerBound)
                for ky in 0..<vertical.kernel {
                    if visible.contains(ky) {
                        let line = (image * vertical.input + vertical.position(oy, tap: ky)) * horizontal.input
                        gather(taps, from: input + (line + first) * ci, into: target)
                    } else if !planted(.im2colStale) {
                        target.update(repeating: 0, count: tapRow)
                    }
                    target += tapRow
                }
            }
        }
    }

    /// Copies the taps of one row of the kernel; `source` is the element that the first tap sees.
    @inline(__always)
    private func gather(
        _ taps: Range<Int>, from source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
    ) {
        let before = taps.lowerBound * groupInputs
        let after = taps.upperBound * groupInputs
        target.update(repeating: 0, count: before)
        if groups == 1, horizontal.dilation == 1 {
            (target + before).update(from: source, count: after - before)
        } else {
            for tap in 0..<taps.count {
                let (from, to) = (source + tap * horizontal.dilation * ci, target + before + tap * groupInputs)
                for i in 0..<groupInputs { to[i] = from[i] }
            }
        }
        (target + after).update(repeating: 0, count: horizontal.kernel * groupInputs - after)
    }
}
