import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// Some neighbouring channels of every pixel: y[pixel, i] = x[pixel, first + i].
package struct ChannelSlice: Kernel {
    package static let schema = Schema(
        "channel_slice", "neighbouring channels of NHWC images",
        Images.parameters + [
            Parameter("from", .int(0...Int(Int32.max)), .value(.int(0)), "the first of them"),
            .count("count", "how many"),
        ], shorthands: Images.shorthands, example: "c=8,h=7,w=7,from=3,count=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations] = []
    package let reductionLength = 1
    private let images: Images
    private let first: Int
    private let count: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        images = try Images(arguments)
        first = arguments.int("from")
        count = arguments.int("count")
        guard first + count <= images.channels else {
            throw ShapeError(
                "channels \(first) to \(first + count - 1) of \(images.channels)", parameter: "count",
                remedy: "take at most \(max(images.channels - first, 0)) from there")
        }
        let image = [images.count, arguments.int("h"), arguments.int("w")]
        operands = [
            try .input("x", image + [images.channels], layout: "NHWC"),
            try .output("y", image + [count], layout: "NHWC"),
        ]
    }

    /// The bytes of the channels that are not taken.
    package var unreadBytes: Int {
        images.count * images.pixels * (images.channels - count) * ElementType.f32.size
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "a copy of every pixel's channels") { tensors, share in
                let (x, y) = (tensors["x"].floats + first - slip(.sliceFirst), tensors["y"].floats)
                for pixel in share.range(of: images.count * images.pixels) {
                    (y + pixel * count).update(from: x + pixel * images.channels, count: count)
                }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        for pixel in 0..<images.count * images.pixels {
            for i in 0..<count { y[pixel * count + i] = x[pixel * images.channels + first + i] }
        }
    }
}
