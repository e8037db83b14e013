import Tensors
import Workloads

extension Conv2D {
    /// Direct loops: neighbouring output channels are summed side by side, and no input is copied.
    var plain: Implementation { groupInputs == 1 && groupOutputs == 1 ? depthwise : grouped }

    /// The same of elements other than `f32`.
    var typed: Implementation? {
        let sums = PlainSums(
            rows: windows.count, taps: taps, groups: groups, inputs: groupInputs, outputs: groupOutputs,
            epilogue: epilogue, strides: (patch, taps, 1)
        ) { row, tap in
            let window = windows[row]
            let (ky, kx) = tap.quotientAndRemainder(dividingBy: horizontal.kernel)
            return window.rows.contains(ky) && window.columns.contains(kx) ? window.pixel(ky, kx) * ci : nil
        }
        return sums.implementation(of: element)
    }

    private var grouped: Implementation {
        // In fours, so that a group of two or three channels is one of them.
        let places = (groupOutputs + 3) & ~3
        return Implementation(
            "plain", "direct loops over tiles of pixels and output channels of a group",
            workspaceBytes: 8 * taps * chunk + 4 * ci, packedBytes: 4 * groups * (patch + 1) * places
        ) { tensors, _ in
            let (x, y, blocks) = (tensors["x"], tensors["y"], blocks)
            let weight = try packed(tensors["weight"], in: blocks)
            let bias = try packed(tensors.optional("bias"), in: blocks)
            let residual = tensors.optional("residual")
            let (sources, zeros) = (try Tensor(floats: 2 * taps * chunk), try Tensor(floats: ci))
            return BufferedCall(packed: [weight, bias], workspace: [sources, zeros]) {
                let table = UnsafeMutableRawPointer(sources.floats)
                    .bindMemory(to: UnsafePointer<Float>.self, capacity: taps * chunk)
                for first in stride(from: 0, to: windows.count, by: chunk) {
                    point(table, from: first, at: x.floats, or: zeros.floats)
                    for group in 0..<groups {
                        for block in blocks {
                            let place = group * places + block.first
                            let output = group * groupOutputs + block.first
                            BlockRun(
                                sources: table, chunk: chunk, taps: taps, zeros: zeros.floats,
                                channel: group * groupInputs, inputs: groupInputs,
                                weight: weight.floats + place * patch, bias: bias.floats + place,
                                y: y.floats + first * co + output, co: co,
                                pixels: min(chunk, windows.count - first),
                                outputs: min(block.width, groupOutputs - block.first)
                            )(width: block.width)
                        }
                    }
                    epilogue.finish(
                        y.floats + first * co, residual.map { $0.floats + first * co },
                        count: min(chunk, windows.count - first) * co)
                }
            }
        }
    }

    /// Sixteen output channels of a group at a time, then eight, then fours: with fewer left, one of these.
    private var blocks: [Block] {
        var blocks: [Block] = []
        var first = 0
        while first < groupOutputs {
            let width = [16, 8].first { first + $0 <= groupOutputs } ?? 4
            blocks.append(Block(first: first, width: width))
            first += width
        }
        return blocks
    }

    static let mostPixels = 96

    /// Output pixels that pass while the weights of a block are at hand, in whole tiles: what about a hundred of them
    /// see stays in a second-level cache, all groups and blocks through.
    private var chunk: Int {
        let (most, tile) = (Self.mostPixels, 8)
        let chunks = (windows.count + most - 1) / most
        return ((windows.count + chunks - 1) / chunks + tile - 1) / tile * tile
    }

    /// Writes, as [taps, chunk], where each tap of a chunk of output pixels finds its channels: in the image, or in
    /// the zeros that stand for padding. Beyond the last pixel that one is repeated.
    ///
    /// (Dukhan, "The indirect convolution algorithm", 2019.)
    private func point(
        _ sources: UnsafeMutablePointer<UnsafePointer<Float>>, from first: Int, at x: UnsafePointer<Float>,
        or zeros: UnsafePointer<Float>
    ) {
        for i in 0..<chunk {
            let window = windows[min(first + i, windows.count - 1)]
            for ky in 0..<vertical.kernel {
                for kx in 0..<horizontal.kernel {
                    let isInside = window.rows.contains(ky) && window.columns.contains(kx)
                    sources[(ky * horizontal.kernel + kx) * chunk + i] =
                        isInside ? x + window.pixel(ky, kx) * ci : zeros
                }
            }
        }
    }
}
