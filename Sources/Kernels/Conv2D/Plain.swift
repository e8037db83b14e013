import Tensors
import Workloads

extension Conv2D {
    /// Direct loops: neighbouring output channels are summed side by side, and no input is copied.
    var plain: Implementation { groupInputs == 1 && groupOutputs == 1 ? depthwise : grouped }

    private var grouped: Implementation {
        // Whole vectors of four, so that a group of two or three channels is one of them.
        let width = (groupOutputs + 3) & ~3
        return Implementation(
            "plain", "direct loops along the output channels of a group", packedBytes: 4 * groups * (patch + 1) * width
        ) { tensors, _ in
            let (x, y) = (tensors["x"], tensors["y"])
            let weight = try packed(tensors["weight"], width: width)
            let bias = try packed(tensors.optional("bias"), width: width)
            return BufferedCall(packed: [weight, bias]) {
                for group in 0..<groups {
                    let run = GroupRun(
                        windows: windows, inputs: groupInputs, ci: ci, co: co, width: width,
                        x: x.floats + group * groupInputs, weight: weight.floats + group * patch * width,
                        bias: bias.floats + group * width, y: y.floats + group * groupOutputs)
                    // The weights of these outputs stay in the cache while all pixels pass.
                    for o in stride(from: 0, to: groupOutputs & ~15, by: 16) { run.sixteen(from: o) }
                    for o in stride(from: groupOutputs & ~15, to: groupOutputs, by: 4) {
                        run.four(from: o, count: min(groupOutputs - o, 4))
                    }
                }
            }
        }
    }
}

/// One group of a convolution; the pointers are to its first channel.
private struct GroupRun {
    let windows: Windows
    /// Input channels of the group.
    let inputs: Int
    let ci: Int
    let co: Int
    /// Elements from one row of packed weights to the next.
    let width: Int
    let x: UnsafePointer<Float>
    let weight: UnsafePointer<Float>
    let bias: UnsafePointer<Float>
    let y: UnsafeMutablePointer<Float>

    func sixteen(from o: Int) {
        windows.forEach { window, pixel in
            let sums: SIMD16<Float> = sums(window, o)
            sums.store(at: y + pixel * co + o)
        }
    }

    func four(from o: Int, count: Int) {
        windows.forEach { window, pixel in
            let sums: SIMD4<Float> = sums(window, o)
            for lane in 0..<count { y[pixel * co + o + lane] = sums[lane] }
        }
    }

    /// The sums behind neighbouring outputs at one pixel.
    @inline(__always)
    private func sums<Vector: SIMD>(_ window: Windows.Window, _ o: Int) -> Vector where Vector.Scalar == Float {
        var sums = Vector(at: bias + o)
        for ky in window.rows {
            for kx in window.columns {
                let source = x + window.pixel(ky, kx) * ci
                let factors = weight + (ky * windows.horizontal.kernel + kx) * inputs * width + o
                for i in 0..<inputs { sums += source[i] * Vector(at: factors + i * width) }
            }
        }
        return sums
    }
}
