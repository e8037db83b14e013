import Tensors
import Workloads

extension Conv2D {
    /// Direct loops: neighbouring output channels are summed side by side, and no input is copied.
    var plain: Implementation { groupInputs == 1 && groupOutputs == 1 ? depthwise : grouped }

    /// The same for element types other than `f32`.
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
        let blocks = blocks
        let places = Self.places(of: blocks)
        var workspace = Workspace()
        let (weight, bias) = (workspace.packed(groups * places * patch), workspace.packed(groups * places))
        let sources = workspace.shared(taps * chunk, of: UnsafePointer<Float>.self)
        let zeros = workspace.shared(ci)
        return Implementation(
            "plain", "direct loops over tiles of pixels and output channels of a group", workspace: workspace
        ) { tensors, _, memory in
            let (x, y) = (tensors["x"], tensors["y"])
            pack(weight: tensors["weight"], in: blocks, into: memory[weight])
            pack(bias: tensors.optional("bias"), in: blocks, into: memory[bias])
            let residual = tensors.optional("residual")
            return PreparedCall {
                let (table, zeros) = (memory[sources], memory[zeros])
                for first in stride(from: 0, to: windows.count, by: chunk) {
                    point(table, from: first, at: x.floats, or: zeros)
                    for group in 0..<groups {
                        for block in blocks {
                            let place = group * places + block.first
                            let output = group * groupOutputs + block.first
                            BlockRun(
                                sources: table, chunk: chunk, taps: taps, zeros: zeros,
                                channel: group * groupInputs, inputs: groupInputs,
                                weight: memory[weight] + place * patch, bias: memory[bias] + place,
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

    /// Blocks of sixteen output channels of a group, then of eight, then of four. The last four may be incomplete.
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

    /// Output pixels to compute while the weights of a block are at hand, in whole tiles. The inputs of about a hundred
    /// pixels stay in a second-level cache for all groups and blocks.
    private var chunk: Int {
        let (most, tile) = (Self.mostPixels, 8)
        let chunks = (windows.count + most - 1) / most
        return ((windows.count + chunks - 1) / chunks + tile - 1) / tile * tile
    }

    /// Writes, as [taps, chunk], where each tap of a chunk of output pixels finds its channels: in the image, or in
    /// zeros for the padding. The last pixel is repeated to fill the chunk.
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
