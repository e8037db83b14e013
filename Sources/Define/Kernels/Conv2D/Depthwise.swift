import Mutants
import Tensors
import Workloads

extension Conv2D {
    /// If every channel is its own group, pixels are multiplied channel by channel.
    var depthwise: Implementation {
        var workspace = Workspace()
        let (weight, bias) = (workspace.packed(taps * co), workspace.packed(co))
        return Implementation(
            "plain", "direct loops along the channels, each a group", workspace: workspace
        ) { tensors, _, memory in
            let (x, y) = (tensors["x"], tensors["y"])
            writeChannelsLast(tensors["weight"], to: memory[weight])
            pack(bias: tensors.optional("bias"), in: [Block(first: 0, width: 1)], into: memory[bias])
            let residual = tensors.optional("residual")
            return PreparedCall {
                DepthwiseRun(
                    windows: windows, channels: co, epilogue: epilogue, x: x.floats, weight: memory[weight],
                    bias: memory[bias], residual: residual?.floats, y: y.floats
                )()
            }
        }
    }

    /// Depthwise weights from [c, 1, kh, kw] to [kh, kw, c].
    private func writeChannelsLast(_ weight: Tensor, to target: UnsafeMutablePointer<Float>) {
        for o in 0..<co {
            for tap in 0..<taps { target[tap * co + o] = weight.floats[o * taps + tap] }
        }
    }
}

private struct DepthwiseRun {
    let windows: Windows
    let channels: Int
    let epilogue: Epilogue
    let x: UnsafePointer<Float>
    let weight: UnsafePointer<Float>
    let bias: UnsafePointer<Float>
    let residual: UnsafePointer<Float>?
    let y: UnsafeMutablePointer<Float>

    func callAsFunction() {
        windows.forEach { window, pixel in
            let output = y + pixel * channels
            var channel = 0
            while channel + 16 <= channels {
                let sums: SIMD16<Float> = sums(window, channel)
                sums.store(at: output + channel)
                channel += 16
            }
            while channel + 4 <= channels {
                let sums: SIMD4<Float> = sums(window, channel)
                sums.store(at: output + channel)
                channel += 4
            }
            while channel < channels {
                output[channel] = sum(window, channel)
                channel += 1
            }
            epilogue.finish(output, residual.map { $0 + pixel * channels }, count: channels)
        }
    }

    /// The sums of neighbouring channels at one pixel.
    @inline(__always)
    private func sums<Vector: SIMD>(_ window: Windows.Window, _ channel: Int) -> Vector where Vector.Scalar == Float {
        var sums = Vector(at: bias + channel)
        for ky in window.rows {
            for kx in window.columns {
                let factors = Vector(at: weight + (ky * windows.horizontal.kernel + kx) * channels + channel)
                sums += Vector(at: x + window.pixel(ky, kx) * channels + channel) * factors
            }
        }
        return sums
    }

    private func sum(_ window: Windows.Window, _ channel: Int) -> Float {
        var sum = bias[channel]
        for ky in window.rows {
            for kx in window.columns {
                let factor = weight[(ky * windows.horizontal.kernel + kx) * channels + channel]
                sum +=
                    x[window.pixel(ky, planted(.plainColumn) ? window.columns.lowerBound : kx) * channels + channel]
                    * factor
            }
        }
        return sum
    }
}
