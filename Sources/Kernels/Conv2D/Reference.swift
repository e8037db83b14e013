import Tensors
import Workloads

extension Conv2D {
    /// Every output pixel by itself: a sum over taps and input channels for each output channel.
    package func reference(_ tensors: Operands) {
        let (x, weight, y) = (tensors["x"].floats, tensors["weight"].floats, tensors["y"].floats)
        let (bias, residual) = (tensors.optional("bias")?.floats, tensors.optional("residual")?.floats)
        let (kh, kw) = (vertical.kernel, horizontal.kernel)

        // [kh, kw, ci / g, co]: neighbours in the loop over outputs are neighbours in memory.
        var turned = [Double](repeating: 0, count: patch * co)
        for o in 0..<co {
            for i in 0..<groupInputs {
                for tap in 0..<taps {
                    let row = tap * groupInputs + i
                    turned[row * co + o] = Double(weight[(o * groupInputs + i) * taps + tap])
                }
            }
        }

        var sums = [Double](repeating: 0, count: co)
        for image in 0..<images {
            for oy in 0..<vertical.output {
                for ox in 0..<horizontal.output {
                    for o in 0..<co { sums[o] = bias.map { Double($0[o]) } ?? 0 }
                    for ky in 0..<kh {
                        let iy = oy * vertical.stride - vertical.padding + ky * vertical.dilation
                        guard iy >= 0, iy < vertical.input else { continue }
                        for kx in 0..<kw {
                            let ix = ox * horizontal.stride - horizontal.padding + kx * horizontal.dilation
                            guard ix >= 0, ix < horizontal.input else { continue }
                            let pixel = ((image * vertical.input + iy) * horizontal.input + ix) * ci
                            for channel in 0..<ci {
                                let (group, i) = channel.quotientAndRemainder(dividingBy: groupInputs)
                                let factor = Double(x[pixel + channel])
                                let row = ((ky * kw + kx) * groupInputs + i) * co
                                for o in group * groupOutputs..<(group + 1) * groupOutputs {
                                    sums[o] += factor * turned[row + o]
                                }
                            }
                        }
                    }
                    let pixel = ((image * vertical.output + oy) * horizontal.output + ox) * co
                    for o in 0..<co {
                        y[pixel + o] = Float(epilogue.exact(sums[o], residual: residual?[pixel + o]))
                    }
                }
            }
        }
    }
}
