import Mutants
import Tensors
import Threads
import Workloads

/// The channels of several NHWC images of the same size, side by side: y[pixel] = x0[pixel], x1[pixel], ...
package struct Concat: Kernel {
    package static let schema = Schema(
        "concat", "the channels of several NHWC images side by side",
        [
            .count("n", as: "batch", default: 1, "images"),
            .count("h", as: "height", "height of the images"),
            .count("w", as: "width", "width of the images"),
            Parameter("c", as: "channels", .counts, .required, "channels of each, as in 64+32"),
        ], shorthands: [Shorthand("size", sets: ["h", "w"], splits: true, "height and width")],
        example: "h=7,w=7,c=8+5+3")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations] = []
    package let reductionLength = 1
    private let pixels: Int
    private let channels: [Int]

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        channels = arguments.counts("c")
        let image = [arguments.int("n"), arguments.int("h"), arguments.int("w")]
        pixels = try product(image[0], image[1], image[2])
        var operands: [Operand] = []
        for (index, count) in channels.enumerated() {
            operands.append(try .input("x\(index)", image + [count], layout: "NHWC"))
        }
        let total = channels.reduce(0) { $0 &+ $1 }
        guard channels.count < 1 << 16, total <= Int(Int32.max) else {
            throw ShapeError("more channels than 32 bits count", parameter: "channels", remedy: "use fewer")
        }
        self.operands = operands + [try .output("y", image + [total], layout: "NHWC")]
    }

    package var implementations: [Implementation] {
        [.divided("native", "a copy of every pixel's channels") { copy($0, $1.range(of: pixels)) }]
    }

    private func copy(_ tensors: Operands, _ range: Range<Int>) {
        let total = channels.reduce(0, +)
        var first = 0
        for (index, count) in channels.enumerated() {
            let (x, y) = (tensors["x\(index)"].floats, tensors["y"].floats + first)
            for pixel in range { (y + pixel * total).update(from: x + pixel * count, count: count) }
            first += count - slip(.concatPlace)
        }
    }

    package func reference(_ tensors: Operands) {
        var next = tensors["y"].floats
        for pixel in 0..<pixels {
            for (index, count) in channels.enumerated() {
                let x = tensors["x\(index)"].floats
                for c in 0..<count {
                    next.pointee = x[pixel * count + c]
                    next += 1
                }
            }
        }
    }
}
