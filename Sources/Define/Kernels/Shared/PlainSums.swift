import Mutants
import Settings
import Tensors
import Workloads

/// Sums of products by plain loops, for elements of any type: y[row, o] = act(bias[o] + residual[row, o] + s). s is the
/// sum over the taps of a row and the channels of o's group.
///
/// `bf16` is summed in `Float`, with the epilogue, then rounded as in PyTorch. Bytes are `i8` weights and `i8` or `u8`
/// inputs; their 32-bit sums are the output, as in ONNX's MatMulInteger and ConvInteger with zero points of 0.
struct PlainSums: Sendable {
    /// The extents of the loops, outermost first; inputs and outputs are channels per group.
    let rows: Int
    let taps: Int
    let groups: Int
    let inputs: Int
    let outputs: Int
    let epilogue: Epilogue
    /// Elements of the weight from one output channel to the next, from one input channel of a group, and from one tap.
    let strides: (output: Int, input: Int, tap: Int)
    /// Where the channels that a row sees at a tap begin in the input; nil on padding.
    let place: @Sendable (_ row: Int, _ tap: Int) -> Int?

    private var channels: Int { groups * outputs }

    /// The implementation for an element type, if there is one.
    func implementation(of element: ElementType) -> Implementation? {
        switch element {
        case .bf16: implementation(BFloat16.self, BFloat16.self, into: BFloat16.self)
        case .i8: implementation(Int8.self, Int8.self, into: Int32.self)
        case .u8: implementation(UInt8.self, Int8.self, into: Int32.self)
        case .f32, .i32, .i64: nil
        }
    }

    private func implementation<X: Scalar, W: Scalar, Y: Scalar>(_: X.Type, _: W.Type, into _: Y.Type) -> Implementation
    where X.Sum == Y.Sum, W.Sum == Y.Sum {
        let count = taps * groups * inputs * outputs
        var workspace = Workspace()
        let packed = workspace.packed(count, of: W.self)
        let sums = workspace.shared(channels, of: Y.Sum.self)
        return Implementation(
            "plain", "direct loops, summing in \(Y.Sum.element)", workspace: workspace
        ) { tensors, _, memory in
            pack(tensors["weight"].pointer(to: W.self), into: memory[packed])
            let (x, y) = (tensors["x"], tensors["y"])
            let (bias, residual) = (tensors.optional("bias"), tensors.optional("residual"))
            return PreparedCall {
                for row in 0..<rows {
                    run(
                        row, x.pointer(to: X.self), memory[packed], bias?.pointer(to: W.self),
                        residual?.pointer(to: X.self), memory[sums], into: y.pointer(to: Y.self) + row * channels)
                }
            }
        }
    }

    /// As [taps, groups, inputs, outputs]: the loop over outputs reads consecutive memory.
    private func pack<W: Scalar>(_ weight: UnsafePointer<W>, into packed: UnsafeMutablePointer<W>) {
        var next = packed
        for tap in 0..<taps {
            for group in 0..<groups {
                for input in 0..<inputs {
                    let first = weight + group * outputs * strides.output + input * strides.input + tap * strides.tap
                    for output in 0..<outputs { next[output] = first[output * strides.output] }
                    next += outputs
                }
            }
        }
    }

    private func run<X: Scalar, W: Scalar, Y: Scalar>(
        _ row: Int, _ x: UnsafePointer<X>, _ weight: UnsafePointer<W>, _ bias: UnsafePointer<W>?,
        _ residual: UnsafePointer<X>?, _ sums: UnsafeMutablePointer<Y.Sum>, into y: UnsafeMutablePointer<Y>
    ) where X.Sum == Y.Sum, W.Sum == Y.Sum {
        for channel in 0..<channels { sums[channel] = bias?[channel].sum ?? 0 }
        for tap in 0..<taps {
            guard let start = place(row, tap) else { continue }
            for group in 0..<groups {
                for input in 0..<inputs - slip(.plainTerm) {
                    let (line, factor) = (group * inputs + input, x[start + group * inputs + input].sum)
                    let (from, to) = (weight + (tap * groups * inputs + line) * outputs, sums + group * outputs)
                    for output in 0..<outputs { to[output] += factor * from[output].sum }
                    if planted(.plainNarrow) { for output in 0..<outputs { to[output] = Y(to[output]).sum } }
                }
            }
        }
        if let residual { for channel in 0..<channels { sums[channel] += residual[row * channels + channel].sum } }
        if Y.Sum.self == Float.self {
            epilogue.finish(UnsafeMutableRawPointer(sums).assumingMemoryBound(to: Float.self), nil, count: channels)
        }
        if planted(.plainOne) { sums[0] += 1 }
        if planted(.plainCut) {
            sums.withMemoryRebound(to: UInt32.self, capacity: channels) {
                for i in 0..<channels { $0[i] &= 0xFFFF_0000 }
            }
        }
        for channel in 0..<channels { y[channel] = Y(sums[channel]) }
    }
}

extension Epilogue {
    /// Throws if `length` products of bytes may overflow 32 bits, or if sums of bytes have an epilogue, which would
    /// take a scale.
    func check(_ element: ElementType, length: Int) throws(ShapeError) {
        guard element.size == 1 else { return }
        guard function == nil, !hasBias, !hasResidual else {
            throw ShapeError(
                "sums of \(element) are left as they are, without bias, activation and residual",
                parameter: ShapeError.element, remedy: "leave these out, or write f32 or bf16")
        }
        guard length <= Int(Int32.max) / (255 * 128) else {
            throw ShapeError(
                "sums of \(length) products of \(element) may overflow 32 bits", parameter: ShapeError.element,
                remedy: "make them no longer than \(Int(Int32.max) / (255 * 128))")
        }
    }
}
