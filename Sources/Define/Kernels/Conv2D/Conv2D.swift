import Settings
import Tensors
import Workloads

/// Two-dimensional convolution of NHWC images: one kernel for dense, grouped and depthwise.
///
/// y[n, oy, ox, o] = act(bias[o] + residual[n, oy, ox, o] + sum); bias, residual and act are optional. The sum is over
/// ky, kx and the channels i of o's group: weight[o, i, ky, kx]
/// x[n, oy s - p + ky d, ox s - p + kx d, group (ci / g) + i]. A cross-correlation, with weights in PyTorch's layout.
///
/// Taps on padding are left out. Implementations may multiply by the zeros of the padding instead. Then a weight that
/// is infinite or NaN makes outputs at the border NaN.
package struct Conv2D: Kernel {
    package static let schema = Schema(
        "conv2d", "convolution of NHWC images: dense, grouped or depthwise",
        [
            .count("n", as: "batch", default: 1, "images"),
            .count("ci", as: "in", "channels of the input"),
            .count("co", as: "out", "channels of the output"),
            .count("h", as: "height", "height of the input"),
            .count("w", as: "width", "width of the input"),
            .extent("k", as: "kernel", "taps"),
            .extent("s", as: "stride", default: 1, "elements from one window to the next"),
            .extent("d", as: "dilation", default: 1, "elements from one tap to the next"),
            Parameter(
                "p", as: "padding", .extent(0...Int(Int32.max)),
                .derived("dilation * (kernel - 1) / 2, which keeps the size at stride 1", Self.samePadding),
                "zeros on each side"),
            .count("g", as: "groups", default: 1, "groups of channels that do not see one another"),
        ] + Epilogue.parameters(bias: "adds a bias to every output channel"),
        shorthands: [
            Shorthand("size", sets: ["h", "w"], splits: true, "height and width"),
            Shorthand("channels", sets: ["ci", "co"], "in and out"),
        ], example: "ci=8,co=8,h=14,w=14,k=3", elements: [.f32, .bf16, .i8, .u8])

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let windows: Windows
    let ci: Int
    let co: Int
    let groups: Int
    let epilogue: Epilogue

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        ci = arguments.int("ci")
        co = arguments.int("co")
        groups = arguments.int("g")
        try Self.check(groups: groups, divide: ci, and: co)
        let (kernel, stride) = (arguments.extent("k"), arguments.extent("s"))
        let (padding, dilation) = (arguments.extent("p"), arguments.extent("d"))
        let vertical = try WindowAxis(
            "height", input: arguments.int("h"), kernel: kernel.height, stride: stride.height,
            padding: padding.height, dilation: dilation.height)
        let horizontal = try WindowAxis(
            "width", input: arguments.int("w"), kernel: kernel.width, stride: stride.width,
            padding: padding.width, dilation: dilation.width)

        let images = arguments.int("n")
        let patch = try product(kernel.height, kernel.width, ci / groups)
        // Checks the bytes of weights with channels padded to whole vectors, and of one pointer per tap and pixel.
        _ = try product(patch, co, 16)
        _ = try product(kernel.height, kernel.width, 8 * Self.mostPixels)
        macs = try product(images, vertical.output, horizontal.output, co, patch)
        windows = Windows(images: images, vertical: vertical, horizontal: horizontal)
        epilogue = Epilogue(arguments)
        let extents = [images, vertical.output, horizontal.output, co]
        try epilogue.check(arguments.element, length: patch)
        let floats: [Operand] =
            try [
                .input("x", [images, vertical.input, horizontal.input, ci], layout: "NHWC", values: epilogue.inputs),
                .weight("weight", [co, ci / groups, kernel.height, kernel.width], layout: "OIHW", fanIn: patch),
            ] + epilogue.operands(bias: co, like: extents, layout: "NHWC") + [.output("y", extents, layout: "NHWC")]
        operands = floats.map { $0.of(arguments.element) }
        elementOperations = epilogue.operations(on: windows.count * co)
    }

    package var unreadBytes: Int { windows.unseenPixels * ci * element.size }

    package var reductionLength: Int { patch }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        epilogue.sums(behind: output, length: reductionLength, in: tensors)
    }

    package var implementations: [Implementation] {
        if let typed { return [typed] }
        return [native ?? nativeGroups, winograd, openblas, plain].compactMap { $0 }
    }

    /// Input channels per group.
    var groupInputs: Int { ci / groups }
    /// Output channels per group.
    var groupOutputs: Int { co / groups }
    var images: Int { windows.images }
    var vertical: WindowAxis { windows.vertical }
    var horizontal: WindowAxis { windows.horizontal }
    var taps: Int { windows.taps }
    /// Terms per output.
    var patch: Int { taps * groupInputs }
}

extension Conv2D {
    private static func samePadding(_ arguments: Arguments) -> Value {
        let (kernel, dilation) = (arguments.extent("k"), arguments.extent("d"))
        return .extent(
            height: dilation.height * (kernel.height - 1) / 2, width: dilation.width * (kernel.width - 1) / 2)
    }

    private static func check(groups: Int, divide ci: Int, and co: Int) throws(ShapeError) {
        guard !ci.isMultiple(of: groups) || !co.isMultiple(of: groups) else { return }
        let (count, direction) = ci.isMultiple(of: groups) ? (co, "output") : (ci, "input")
        throw ShapeError(
            "\(groups) groups do not divide \(count) \(direction) channels", parameter: "groups",
            remedy: Divisors.suggestion(near: groups, of: ci, co))
    }
}
