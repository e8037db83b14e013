import Tensors
import Workloads

extension Conv2D {
    /// For each output channel of each pixel, a sum over taps and input channels, in that order.
    package func reference(_ given: Operands) throws {
        let tensors = try given.asFloats(operands)
        defer { withExtendedLifetime(tensors) {} }
        let (x, weight, y) = (tensors["x"].floats, tensors["weight"].floats, tensors["y"])
        let (bias, residual) = (tensors.optional("bias")?.floats, tensors.optional("residual")?.floats)
        let (kh, kw) = (vertical.kernel, horizontal.kernel)

        // [kh, kw, ci / g, co]: the loop over outputs reads consecutive memory.
        let turned = UnsafeMutablePointer<Double>.allocate(capacity: patch * co)
        defer { turned.deallocate() }
        for o in 0..<co {
            for i in 0..<groupInputs {
                for tap in 0..<taps {
                    let row = tap * groupInputs + i
                    turned[row * co + o] = Double(weight[(o * groupInputs + i) * taps + tap])
                }
            }
        }

        // Some neighbouring pixels of a row share each weight that is loaded.
        let most = 8
        let sums = UnsafeMutablePointer<Double>.allocate(capacity: most * co)
        defer { sums.deallocate() }
        for image in 0..<images {
            for oy in 0..<vertical.output {
                for first in stride(from: 0, to: horizontal.output, by: most) {
                    let pixels = min(most, horizontal.output - first)
                    for place in 0..<pixels * co { sums[place] = bias.map { Double($0[place % co]) } ?? 0 }
                    for ky in 0..<kh {
                        let iy = oy * vertical.stride - vertical.padding + ky * vertical.dilation
                        guard iy >= 0, iy < vertical.input else { continue }
                        for kx in 0..<kw {
                            for i in 0..<groupInputs {
                                let row = turned + ((ky * kw + kx) * groupInputs + i) * co
                                for pixel in 0..<pixels {
                                    let ix =
                                        (first + pixel) * horizontal.stride - horizontal.padding
                                        + kx * horizontal.dilation
                                    guard ix >= 0, ix < horizontal.input else { continue }
                                    let inputs = x + ((image * vertical.input + iy) * horizontal.input + ix) * ci + i
                                    for group in 0..<groups {
                                        let factor = Double(inputs[group * groupInputs])
                                        let (from, to) = (
                                            row + group * groupOutputs, sums + pixel * co + group * groupOutputs
                                        )
                                        for o in 0..<groupOutputs { to[o] += factor * from[o] }
                                    }
                                }
                            }
                        }
                    }
                    let start = ((image * vertical.output + oy) * horizontal.output + first) * co
                    for place in 0..<pixels * co {
                        y[start + place] = epilogue.exact(sums[place], residual: residual?[start + place])
                    }
                }
            }
        }
    }

    /// Bytes of the output, of the operands as floats, and of the weights in `Double`.
    package var referenceBytes: Int { 4 * windows.count * co + floatBytes + 8 * patch * co }
}
