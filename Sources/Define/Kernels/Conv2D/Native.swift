import Mutants
import Settings
import Tensors
import Threads
import Workloads

extension Conv2D {
    /// Pixels times packed weights in register tiles, directly from the image: no im2col. An image with padding is
    /// copied into one with a frame of zeros, so that no tap needs a test.
    var native: Implementation? {
        guard groups == 1 else { return nil }
        let summary = "register tiles over the pixels, no im2col"
        guard let framedFloats else {
            let reason = "the image with its padding has more elements than 32-bit offsets reach"
            return Implementation("native", summary, unsupported: reason) { _, _, _ in throw OutOfMemory(bytes: .max) }
        }
        let product = tiledProduct
        let pixels = vertical.output * horizontal.output
        var workspace = Workspace()
        let buffers = product.buffers(in: &workspace)
        let frame = framed ? workspace.shared(framedFloats) : nil
        let offsets = workspace.shared(pixels, of: Int32.self)
        return Implementation("native", summary, threading: .any, workspace: workspace) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let (x, y, weight) = (tensors["x"], tensors["y"], tensors["weight"])
            product.pack(into: memory[buffers.packed]) { row, column in
                let (tap, i) = row.quotientAndRemainder(dividingBy: ci)
                return planted(.convTap) && tap == taps - 1 ? 0 : weight.floats[(column * ci + i) * taps + tap]
            }
            product.pack(bias: tensors.optional("bias")?.floats, into: memory[buffers.start])
            writeOffsets(to: memory[offsets])
            let residual = tensors.optional("residual")
            var number = 0
            let copy: (Share) -> Void = { share in
                let source = x.floats + number * vertical.input * horizontal.input * ci
                if let frame { self.copy(share.range(of: vertical.input), of: source, into: memory[frame]) }
            }
            let multiply: (Share) -> Void = { share in
                let base = UnsafePointer(
                    frame.map { memory[$0] } ?? x.floats + number * vertical.input * horizontal.input * ci)
                let (places, place) = (memory[offsets], number * pixels * co)
                product.run(
                    rows: pixels,
                    TiledProduct.Memory(
                        packed: memory[buffers.packed], start: memory[buffers.start],
                        scratch: memory[buffers.scratch, share.index],
                        residual: residual.map { $0.floats + place }, c: y.floats + place, stride: co), share
                ) { base + Int(places[$0]) }
            }
            return PreparedCall {
                for image in 0..<images {
                    number = image
                    if frame != nil { pool.run(copy) }
                    pool.run(multiply)
                }
            }
        }
    }

    private var framed: Bool { vertical.padding > 0 || horizontal.padding > 0 }
    private var frameRows: Int { vertical.input + 2 * vertical.padding }
    private var frameColumns: Int { horizontal.input + 2 * horizontal.padding }

    /// Floats of the image with its frame; nil if there are too many.
    private var framedFloats: Int? {
        let (area, tooLarge) = frameRows.multipliedReportingOverflow(by: frameColumns)
        let (count, overflow) = area.multipliedReportingOverflow(by: ci)
        return tooLarge || overflow || count > Int(Int32.max) ? nil : count
    }

    /// Without horizontal dilation, neighbouring taps of a kernel row are neighbours in memory. Then they form one
    /// segment.
    private var tiledProduct: TiledProduct {
        let line = frameColumns * ci
        let joined = horizontal.dilation == 1
        let offsets = (0..<vertical.kernel).flatMap { ky in
            (0..<(joined ? 1 : horizontal.kernel)).map { kx in
                ky * vertical.dilation * line + kx * horizontal.dilation * ci
            }
        }
        return TiledProduct(
            offsets: offsets, depth: joined ? horizontal.kernel * ci : ci, columns: co, step: horizontal.stride * ci,
            epilogue: epilogue)
    }

    /// Writes where the window of each output pixel begins in the framed image.
    private func writeOffsets(to offsets: UnsafeMutablePointer<Int32>) {
        for oy in 0..<vertical.output {
            for ox in 0..<horizontal.output {
                let column = ox * horizontal.stride - (ox > 0 ? slip(.convPixel) : 0)
                let place = (oy * vertical.stride * frameColumns + column) * ci
                offsets[oy * horizontal.output + ox] = Int32(place)
            }
        }
    }

    /// Copies rows of an image into the middle of the frame, whose border stays zero.
    private func copy(
        _ rows: Range<Int>, of source: UnsafePointer<Float>, into frame: UnsafeMutablePointer<Float>
    ) {
        let line = horizontal.input * ci
        for y in rows where !planted(.convRow) || y < vertical.input - 1 {
            let target = frame + ((vertical.padding + y) * frameColumns + horizontal.padding - slip(.convColumn)) * ci
            target.update(from: source + y * line, count: line)
        }
    }
}
