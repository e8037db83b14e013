import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// NHWC images at another size, like PyTorch's `interpolate` without aligned corners: the nearest input pixel below, or
/// the four around, weighted by distance. Output o is at (o + 1/2) in / out - 1/2, clamped to the image.
package struct Resize: Kernel {
    package static let schema = Schema(
        "resize", "NHWC images at another size",
        [.choice("kind", ["bilinear", "nearest"], "how pixels between pixels are made")] + Images.parameters + [
            .count("oh", as: "out_height", "height of the output"),
            .count("ow", as: "out_width", "width of the output"),
        ],
        shorthands: Images.shorthands + [
            Shorthand("out_size", sets: ["oh", "ow"], splits: true, "height and width of the output")
        ], example: "c=8,h=7,w=5,oh=13,ow=11")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength: Int
    private let images: Images
    private let rows: ResizeAxis
    private let columns: ResizeAxis

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        images = try Images(arguments)
        let isNearest = arguments.word("kind") == "nearest"
        rows = ResizeAxis(from: arguments.int("h"), to: arguments.int("oh"), isNearest: isNearest)
        columns = ResizeAxis(from: arguments.int("w"), to: arguments.int("ow"), isNearest: isNearest)
        operands = [
            try .input("x", [images.count, rows.input, columns.input, images.channels], layout: "NHWC"),
            try .output("y", [images.count, rows.output, columns.output, images.channels], layout: "NHWC"),
        ]
        let elements = try product(images.count, rows.output, columns.output, images.channels)
        elementOperations =
            isNearest
            ? []
            : [
                ElementOperations("multiply", try product(4, elements)),
                ElementOperations("add", try product(3, elements)),
            ]
        reductionLength = isNearest ? 1 : 4
    }

    /// The bytes of the pixels that no output is made of.
    package var unreadBytes: Int {
        let unread = rows.input * columns.input - rows.seen * columns.seen
        return images.count * unread * images.channels * ElementType.f32.size
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "row by row, pixel by pixel, along the channels") { tensors, share in
                for row in share.range(of: images.count * rows.output) { write(tensors, row: row) }
            }
        ]
    }

    /// Writes one output row, counted over the batch.
    private func write(_ tensors: Operands, row: Int) {
        let (image, oy) = row.quotientAndRemainder(dividingBy: rows.output)
        let (channels, line) = (images.channels, columns.input * images.channels)
        let x = tensors["x"].floats + image * rows.input * line
        let y = tensors["y"].floats + row * columns.output * channels
        let vertical = rows[oy]
        let (top, bottom) = (x + vertical.first * line, x + vertical.second * line)
        let below = Float(vertical.weight)
        for ox in 0..<columns.output {
            let horizontal = columns[ox]
            let (left, right) = (horizontal.first * channels, horizontal.second * channels)
            let target = y + ox * channels
            if columns.isNearest {
                target.update(from: planted(.resizeNearest) ? top : top + left, count: channels)
                continue
            }
            let beside = Float(horizontal.weight)
            let (a, b) = ((1 - below) * (1 - beside), (1 - below) * beside)
            let (c, d) = (below * (1 - beside), below * beside)
            let (p, q, r, s) = (top + left, top + right, bottom + left, bottom + right)
            for i in 0..<channels {
                target[i] = a * p[i] + b * q[i] + (c * r[i] + d * (planted(.resizeCorner) ? r : s)[i])
            }
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, y, channels) = (tensors["x"].floats, tensors["y"].floats, images.channels)
        func pixel(_ image: Int, _ iy: Int, _ ix: Int, _ c: Int) -> Double {
            Double(x[((image * rows.input + iy) * columns.input + ix) * channels + c])
        }
        var next = y
        for image in 0..<images.count {
            for oy in 0..<rows.output {
                for ox in 0..<columns.output {
                    let (v, h) = (rows[oy], columns[ox])
                    for c in 0..<channels {
                        let top =
                            pixel(image, v.first, h.first, c) * (1 - h.weight)
                            + pixel(image, v.first, h.second, c) * h.weight
                        let bottom =
                            pixel(image, v.second, h.first, c) * (1 - h.weight)
                            + pixel(image, v.second, h.second, c) * h.weight
                        next.pointee = Float(top * (1 - v.weight) + bottom * v.weight)
                        next += 1
                    }
                }
            }
        }
    }
}

/// The input elements of an axis that an output element is made of.
private struct ResizeAxis: Sendable {
    let input: Int
    let output: Int
    let isNearest: Bool

    init(from input: Int, to output: Int, isNearest: Bool) {
        self.input = input
        self.output = output
        self.isNearest = isNearest
    }

    /// The number of elements that some output is made of.
    var seen: Int {
        guard output < input, output <= 1 << 16 else { return input }
        var seen: Set<Int> = []
        for place in 0..<output {
            seen.insert(self[place].first)
            seen.insert(self[place].second)
        }
        return seen.count
    }

    /// The two neighbours, and the weight of the second.
    subscript(place: Int) -> (first: Int, second: Int, weight: Double) {
        if isNearest {
            let first = place * input / output
            return (first, first, 0)
        }
        let exact = max(0, (Double(place) + 0.5) * Double(input) / Double(output) - 0.5)
        let first = min(Int(exact), input - 1)
        return (first, min(first + 1, input - 1), exact - Double(first))
    }
}
