import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// The maximum or the average of each window of NHWC images, channel by channel.
///
/// As in PyTorch: a window with a NaN gives NaN. Padding is at most half the kernel. For the maximum it is -infinity.
/// For the average it is zeros that **count** as elements (`count_include_pad`), so every sum is divided by all taps.
package struct Pool2D: Kernel {
    package static let schema = Schema(
        "pool2d", "pooling of NHWC images",
        [
            .choice("kind", ["max", "average"], "what is taken of a window"),
            .count("n", as: "batch", default: 1, "images"),
            .count("c", as: "channels", "channels"),
            .count("h", as: "height", "height of the input"),
            .count("w", as: "width", "width of the input"),
            .extent("k", as: "kernel", "taps"),
            Parameter(
                "s", as: "stride", .extent(1...Int(Int32.max)),
                .derived("kernel") { arguments in
                    let kernel = arguments.extent("k")
                    return .extent(height: kernel.height, width: kernel.width)
                }, "elements from one window to the next"),
            Parameter(
                "p", as: "padding", .extent(0...Int(Int32.max)), .value(.extent(height: 0, width: 0)),
                "elements on each side that are not there"),
        ],
        shorthands: [Shorthand("size", sets: ["h", "w"], splits: true, "height and width")],
        example: "c=8,h=14,w=14,k=2")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let windows: Windows
    let channels: Int
    let isMaximum: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        isMaximum = arguments.word("kind") == "max"
        channels = arguments.int("c")
        let (kernel, stride, padding) = (arguments.extent("k"), arguments.extent("s"), arguments.extent("p"))
        guard padding.height <= kernel.height / 2, padding.width <= kernel.width / 2 else {
            let (limit, given) = (Value.extent(height: kernel.height / 2, width: kernel.width / 2), arguments["p"])
            throw ShapeError(
                "a padding of \(given?.description ?? "") is more than half the kernel", parameter: "padding",
                remedy: "use at most \(limit)")
        }
        let (height, width) = (arguments.int("h"), arguments.int("w"))
        windows = Windows(
            images: arguments.int("n"),
            vertical: try WindowAxis(
                "height", input: height, kernel: kernel.height, stride: stride.height, padding: padding.height),
            horizontal: try WindowAxis(
                "width", input: width, kernel: kernel.width, stride: stride.width, padding: padding.width))
        let (images, outputs) = (windows.images, (windows.vertical.output, windows.horizontal.output))
        operands = [
            try .input(
                "x", [images, height, width, channels], layout: "NHWC",
                values: .stretches(of: 1, number: channels, .signs)),
            try .output("y", [images, outputs.0, outputs.1, channels], layout: "NHWC"),
        ]
        elementOperations = [
            ElementOperations(
                isMaximum ? "compare" : "add",
                try product(images, outputs.0, outputs.1, channels, kernel.height, kernel.width))
        ]
    }

    package var unreadBytes: Int { windows.unseenPixels * channels * ElementType.f32.size }

    package var reductionLength: Int { isMaximum ? 1 : windows.taps }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        [.average(elements: output.shape.count, length: reductionLength)]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "vectors of channels in registers over all taps") { tensors, share in
                pool(share.range(of: windows.images * windows.vertical.output), of: tensors)
            }
        ]
    }

    /// Pools some output rows, counted over the batch.
    private func pool(_ rows: Range<Int>, of tensors: Operands) {
        let (vertical, horizontal) = (windows.vertical, windows.horizontal)
        for row in rows {
            let (image, oy) = row.quotientAndRemainder(dividingBy: vertical.output)
            let taps = vertical.taps(at: oy)
            let line = image * vertical.input + vertical.position(oy, tap: taps.lowerBound)
            microkernels.pool(
                PoolRow(
                    isMaximum: isMaximum,
                    scale: isMaximum
                        ? 1 : 1 / Float(planted(.poolCount) ? taps.count * horizontal.kernel : windows.taps),
                    x: tensors["x"].floats + line * horizontal.input * channels, rows: taps.count - slip(.poolRow),
                    width: horizontal.input, kernel: horizontal.kernel, stride: horizontal.stride,
                    padding: horizontal.padding, channels: channels,
                    y: tensors["y"].floats + row * horizontal.output * channels, outputs: horizontal.output))
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        let (vertical, horizontal) = (windows.vertical, windows.horizontal)
        var taken = [Double](repeating: 0, count: channels)
        for image in 0..<windows.images {
            for oy in 0..<vertical.output {
                for ox in 0..<horizontal.output {
                    for c in 0..<channels { taken[c] = isMaximum ? -.infinity : 0 }
                    for ky in 0..<vertical.kernel {
                        let iy = oy * vertical.stride - vertical.padding + ky
                        guard iy >= 0, iy < vertical.input else { continue }
                        for kx in 0..<horizontal.kernel {
                            let ix = ox * horizontal.stride - horizontal.padding + kx
                            guard ix >= 0, ix < horizontal.input else { continue }
                            let source = x + ((image * vertical.input + iy) * horizontal.input + ix) * channels
                            for c in 0..<channels {
                                let element = Double(source[c])
                                taken[c] = isMaximum ? maximum(taken[c], element) : taken[c] + element
                            }
                        }
                    }
                    let target = y + ((image * vertical.output + oy) * horizontal.output + ox) * channels
                    for c in 0..<channels {
                        target[c] = Float(isMaximum ? taken[c] : taken[c] / Double(windows.taps))
                    }
                }
            }
        }
    }
}
