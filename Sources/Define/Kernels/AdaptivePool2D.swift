import Instructions
import Mutants
import Tensors
import Threads
import Vectors
import Workloads

/// Averages NHWC images down or up to a given size, like PyTorch's `adaptive_avg_pool2d`. Output o of an axis is the
/// mean of the inputs floor(o in / out) ..< ceil((o + 1) in / out).
package struct AdaptivePool2D: Kernel {
    package static let schema = Schema(
        "adaptive_pool2d", "averages of NHWC images, as many as are asked for",
        Images.parameters + [
            .count("oh", as: "out_height", "height of the output"),
            .count("ow", as: "out_width", "width of the output"),
        ],
        shorthands: Images.shorthands + [
            Shorthand("out_size", sets: ["oh", "ow"], splits: true, "height and width of the output")
        ], example: "c=8,h=9,w=5,oh=4,ow=7")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength: Int
    private let images: Images
    private let height: Int
    private let width: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        images = try Images(arguments)
        height = arguments.int("oh")
        width = arguments.int("ow")
        operands = [
            try .input("x", [images.count, images.height, images.width, images.channels], layout: "NHWC"),
            try .output("y", [images.count, height, width, images.channels], layout: "NHWC"),
        ]
        // All windows of an axis together see each element once, and elements at a border between two windows twice.
        let seen = (images.height + height, images.width + width)
        elementOperations = [ElementOperations("add", try product(images.count, seen.0, seen.1, images.channels))]
        reductionLength = try product(images.height / height + 2, images.width / width + 2)
    }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        [.average(elements: output.shape.count, length: reductionLength)]
    }

    /// The inputs that output `place` of an axis averages.
    private static func window(_ place: Int, of output: Int, over input: Int) -> Range<Int> {
        (place * input / output)..<(((place + 1) * input + output - 1) / output)
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "window by window, vectors of channels in registers") { tensors, share in
                for row in share.range(of: images.count * height) { pool(row, of: tensors) }
            }
        ]
    }

    /// Pools one output row, counted over the batch.
    private func pool(_ row: Int, of tensors: Operands) {
        let (image, oy) = row.quotientAndRemainder(dividingBy: height)
        let rows = Self.window(oy, of: height, over: images.height)
        let line = (image * images.height + rows.lowerBound) * images.width
        for ox in 0..<width {
            let columns = Self.window(ox, of: width, over: images.width)
            microkernels.pool(
                PoolRow(
                    isMaximum: false, scale: 1 / Float(rows.count * (columns.count + slip(.adaptiveScale))),
                    x: tensors["x"].floats + (line + columns.lowerBound) * images.channels,
                    rows: rows.count - slip(.adaptiveRow),
                    width: images.width, kernel: columns.count, stride: 1, padding: 0, channels: images.channels,
                    y: tensors["y"].floats + (row * width + ox) * images.channels, outputs: 1))
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, channels) = (tensors["x"].floats, images.channels)
        var next = tensors["y"].floats
        for image in 0..<images.count {
            for oy in 0..<height {
                for ox in 0..<width {
                    let rows = Self.window(oy, of: height, over: images.height)
                    let columns = Self.window(ox, of: width, over: images.width)
                    for c in 0..<channels {
                        var sum = 0.0
                        for iy in rows {
                            for ix in columns {
                                sum += Double(x[((image * images.height + iy) * images.width + ix) * channels + c])
                            }
                        }
                        next.pointee = Float(sum / Double(rows.count * columns.count))
                        next += 1
                    }
                }
            }
        }
    }
}
