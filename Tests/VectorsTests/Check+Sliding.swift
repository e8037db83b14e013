import Testing
import Vectors

extension Check {
    static let sliding = [
        Check("slide(_:)") { kernels in
            for size in [7, 14] where size <= kernels.slidingPixels {
                for taps in [1, 3, 5, 7] {
                    slide(kernels, .lane, inputs: 1, size: size, taps: taps)
                }
                for taps in [1, 3] {
                    slide(kernels, .all, inputs: 3, size: size, taps: taps)
                    slide(kernels, .four, inputs: 4, size: size, taps: taps)
                    if kernels.lanes >= 8 { slide(kernels, .eight, inputs: 8, size: size, taps: taps) }
                }
            }
        }
    ]

    /// Two blocks of channels with a kernel of three taps a row or of `taps`, two rows of it: tiles that see the padding on
    /// either side, and tiles that do not; whole ones, and ones of which less is written; with strides where taps stand alone.
    private static func slide(
        _ kernels: any Microkernels.Type, _ reach: Reach, inputs: Int, size: Int, taps: Int
    ) {
        let lanes = kernels.lanes
        // Channels of a group's inputs, and those of x and y in two blocks.
        let isWhole = inputs == 3
        let (ci, co) = (isWhole ? 2 * inputs : 2 * lanes, 2 * lanes)
        let blocks = (0..<2).map {
            ChannelBlock(input: $0 * (isWhole ? inputs : lanes), output: $0 * lanes)
        }
        let (kernel, padding) = (max(3, taps), max(3, taps) / 2)
        for (stride, outputs) in taps > 1 ? [(1, size), (1, size - 2)] : [(1, size), (2, size - 2)] {
            let width = 3 * size * stride
            let x = Floats(draws(2 * width * ci))
            let blockFloats = lanes * (1 + 2 * kernel * inputs)
            let weight = Floats(draws(2 * blockFloats, seed: 2))
            // Each row of the kernel whole, or tap by tap.
            let runs = (0..<2).flatMap { row in
                (0..<kernel / taps).map { TapRun(offset: (row * width + $0) * ci, column: $0) }
            }
            for tile in 0..<3 {
                let first = tile * size * stride - padding
                let y = Floats(count: outputs * co)
                runs.withUnsafeBufferPointer { runs in
                    blocks.withUnsafeBufferPointer { blocks in
                        kernels.slide(
                            SlidingTile(
                                reach: reach, size: size, outputs: outputs, x: x.start + first * ci, first: first,
                                width: width, runs: runs, taps: taps, stride: stride, ci: ci, co: co,
                                inputs: inputs,
                                blocks: blocks, weight: weight.start, blockFloats: blockFloats, skipped: lanes,
                                bounds: Bounds(least: -2, most: 2), y: y.start))
                    }
                }
                let expected = (0..<outputs * co).map { place in
                    let (pixel, channel) = place.quotientAndRemainder(dividingBy: co)
                    let (block, lane) = channel.quotientAndRemainder(dividingBy: lanes)
                    var sum = Double(weight[block * blockFloats + lane])
                    for (number, run) in runs.enumerated() {
                        for i in 0..<inputs {
                            // The channel that this lane meets in view i.
                            let met = lane / inputs * inputs + (lane % inputs ^ i)
                            let input = blocks[block].input + (isWhole ? i : met)
                            let place = (number * inputs + i) * taps
                            for tap in 0..<taps {
                                let column = first + pixel * stride + run.column + tap
                                guard 0..<width ~= column else { continue }
                                let pixel = number / (kernel / taps) * width + column
                                let packed = block * blockFloats + lanes * (1 + place + tap)
                                sum += Double(x[pixel * ci + input]) * Double(weight[packed + lane])
                            }
                        }
                    }
                    return min(2, max(-2, sum))
                }
                y.expect(expected, "\(reach), \(size) pixels, \(taps) taps, stride \(stride), tile \(tile)")
            }
        }
    }
}
