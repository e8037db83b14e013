import Testing
import Vectors

extension Check {
    static let columns = [
        Check("moments(_:)") { kernels in
            for channels in lengths(kernels.lanes, from: kernels.lanes) {
                for pixels in [1, 2, 63, 64, 65, 130] {
                    let x = Floats(draws(pixels * channels).map { $0 + 1000 })
                    let origin = Floats((0..<channels).map { x[$0] })
                    let (offset, squares) = (Floats(count: channels), Floats(count: channels))
                    kernels.moments(
                        PixelColumns(
                            pixels: pixels, channels: channels, x: x.start, origin: origin.start,
                            offset: offset.start,
                            factor: squares.start))
                    let columns = (0..<channels).map { c in
                        (0..<pixels).map { Double(x[$0 * channels + c]) - Double(origin[c]) }
                    }
                    let means = columns.map { $0.reduce(0, +) / Double(pixels) }
                    offset.expect(means, "\(channels) \(pixels)")
                    squares.expect(
                        zip(columns, means).map { column, mean in
                            column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                        },
                        within: 1e-4, "\(channels) \(pixels)")
                }
            }
        },
        Check("normalise(_:shift:into:)") { kernels in
            for channels in lengths(kernels.lanes, from: kernels.lanes) {
                for pixels in [1, 2, 3, 4, 5, 9] {
                    let (x, origin) = (Floats(draws(pixels * channels)), Floats(draws(channels, seed: 2)))
                    let shift = draws(channels, seed: 3)
                    let (offset, factor) = (
                        Floats(draws(channels, seed: 4)), Floats(draws(channels, seed: 5))
                    )
                    let y = Floats(count: x.count)
                    kernels.normalise(
                        PixelColumns(
                            pixels: pixels, channels: channels, x: x.start, origin: origin.start,
                            offset: offset.start,
                            factor: factor.start), shift: shift, into: y.start)
                    let expected = (0..<x.count).map { i in
                        let c = i % channels
                        let distance = Double(x[i]) - Double(origin[c]) - Double(offset[c])
                        return distance * Double(factor[c]) + Double(shift[c])
                    }
                    y.expect(expected, "\(channels) \(pixels)")
                }
            }
        },
    ]

    static let pooling = [
        Check("pool(_:)") { kernels in
            for channels in lengths(kernels.lanes) {
                for (rows, width, kernel, stride, padding) in [
                    (1, 1, 1, 1, 0), (2, 7, 3, 2, 1), (3, 9, 2, 3, 0),
                ] {
                    let outputs = (width + 2 * padding - kernel) / stride + 1
                    let x = Floats(draws(rows * width * channels))
                    for isMaximum in [true, false] {
                        let (y, scale) = (Floats(count: outputs * channels), isMaximum ? Float(1) : 0.25)
                        kernels.pool(
                            PoolRow(
                                isMaximum: isMaximum, scale: scale, x: x.start, rows: rows, width: width,
                                kernel: kernel,
                                stride: stride, padding: padding, channels: channels, y: y.start, outputs: outputs))
                        let expected = (0..<outputs * channels).map { place in
                            let first = place / channels * stride - padding
                            let seen = (max(0, first)..<min(width, first + kernel)).flatMap { column in
                                (0..<rows).map { Double(x[($0 * width + column) * channels + place % channels]) }
                            }
                            return isMaximum ? seen.max()! : seen.reduce(0, +) * 0.25
                        }
                        y.expect(expected, "\(channels) \(width)")
                    }
                }
            }
        }
    ]
}
