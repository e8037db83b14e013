import Workloads

/// One spatial axis of a sliding window: a convolution or pooling along the height, or along the width.
struct WindowAxis: Sendable, Hashable {
    let input: Int
    /// The number of taps.
    let kernel: Int
    let stride: Int
    /// Elements of padding on each side.
    let padding: Int
    /// Elements from one tap to the next.
    let dilation: Int
    /// floor((input + 2 padding - dilation (kernel - 1) - 1) / stride) + 1, at least 1.
    let output: Int

    /// Throws if the window does not fit into the padded input. The name ("height") is for the message.
    init(_ name: String, input: Int, kernel: Int, stride: Int, padding: Int, dilation: Int = 1) throws(ShapeError) {
        let span = try product(dilation, kernel - 1) + 1
        guard span <= Int(Int32.max) else {
            throw ShapeError(
                "a kernel of \(kernel) with a dilation of \(dilation) spans \(span) elements: more than any input",
                parameter: "dilation", remedy: "make one of them smaller")
        }
        let padded = input + 2 * padding
        guard span <= padded else {
            let dilated = dilation > 1 ? " with a dilation of \(dilation) spans \(span) and" : ""
            throw ShapeError(
                "a kernel of \(kernel)\(dilated) is larger than the padded \(name) of \(padded)", parameter: "kernel",
                remedy: "use a kernel of at most \((padded - 1) / dilation + 1), "
                    + "or a padding of at least \((span - input + 1) / 2)"
            )
        }
        self.input = input
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        output = (padded - span) / stride + 1
    }

    /// The number of input elements that some tap sees: not all, if windows are further apart than they are wide.
    var seen: Int {
        // No image has an axis this long, so all of it counts as seen.
        guard output * kernel <= 1 << 16 else { return input }
        var isSeen = [Bool](repeating: false, count: input)
        for window in 0..<output {
            for tap in taps(at: window) { isSeen[position(window, tap: tap)] = true }
        }
        return isSeen.count { $0 }
    }

    /// The input element that a tap of an output sees; outside 0 ..< input it is padding.
    func position(_ output: Int, tap: Int) -> Int { output * stride - padding + tap * dilation }

    /// The taps of an output that see the input and not its padding: always neighbours, perhaps none.
    func taps(at output: Int) -> Range<Int> {
        let first = position(output, tap: 0)
        let below = first >= 0 ? 0 : min((dilation - 1 - first) / dilation, kernel)
        let above = first >= input ? 0 : min((input - 1 - first) / dilation + 1, kernel)
        return below..<max(below, above)
    }
}
