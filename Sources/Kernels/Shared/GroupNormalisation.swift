import Tensors
import Workloads

/// Normalises NHWC images over their pixels and groups of adjacent channels: y = (x - mean) / sqrt(variance + eps),
/// then times a scale and plus a shift a channel, where there are some.
///
/// Every loop runs along the channels, as memory does; what is said of a group stands once for each of its channels.
struct GroupNormalisation: Sendable {
    static let epsilon = 1e-5

    let images: Images
    let groups: Int

    /// Channels of a group.
    private var members: Int { images.channels / groups }
    /// Elements behind a mean.
    var length: Int { images.pixels * members }
    /// Of the operands of `Images`, with a `weight` and a `bias` or without.
    var native: Implementation {
        let columns = FoldedPixels(images.pixels, channels: images.channels)
        return Implementation(
            "native", "vectors of channels, the moments in one reading of the image",
            workspaceBytes: columns.workspace * ElementType.f32.size
        ) { tensors, _ in
            let (x, y, workspace) = (tensors["x"], tensors["y"], try Tensor(floats: columns.workspace))
            let (weight, bias) = (tensors.optional("weight"), tensors.optional("bias"))
            return BufferedCall(workspace: [workspace]) {
                let values = columns.values(in: workspace.floats)
                for image in 0..<images.count {
                    let first = image * images.pixels * images.channels
                    let source = UnsafePointer(x.floats + first)
                    for place in 0..<values.count {
                        values.origin[place] = source[place % images.channels / members * members]
                        values.shift[place] = bias?.floats[place % images.channels] ?? 0
                    }
                    columns.moments(source, values)
                    for group in 0..<groups {
                        combine(group, columns, source, values, scale: weight?.floats)
                    }
                    columns.normalise(source, values, into: y.floats + first)
                }
            }
        }
    }

    /// Makes of the moments of a group's channels, and of the pixels that they leave out, offset and factor of the group.
    private func combine(
        _ group: Int, _ columns: FoldedPixels, _ source: UnsafePointer<Float>, _ values: FoldedPixels.Values,
        scale: UnsafePointer<Float>?
    ) {
        let (first, channels) = (group * members, images.channels)
        let (folded, origin) = (Float(columns.pixels), values.origin[first])
        var (sum, squares) = (Float(0), Float(0))
        for part in stride(from: first, to: values.count, by: channels) {
            for place in part..<(part + members) { sum += folded * values.offset[place] }
        }
        for pixel in columns.rest {
            for place in 0..<members { sum += source[pixel * channels + first + place] - origin }
        }
        let offset = sum / Float(length)
        for part in stride(from: first, to: values.count, by: channels) {
            for place in part..<(part + members) where folded > 0 {
                let distance = values.offset[place] - offset
                squares += values.factor[place] + folded * distance * distance
            }
        }
        for pixel in columns.rest {
            for place in 0..<members {
                let deviation = (source[pixel * channels + first + place] - origin) - offset
                squares += deviation * deviation
            }
        }
        let factor = 1 / (squares / Float(length) + Float(Self.epsilon)).squareRoot()
        for part in stride(from: first, to: values.count, by: channels) {
            for place in 0..<members {
                values.offset[part + place] = offset
                values.factor[part + place] = factor * (scale?[first + place] ?? 1)
            }
        }
    }

    func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        let (scale, shift) = (tensors.optional("weight")?.floats, tensors.optional("bias")?.floats)
        let (channels, pixels) = (images.channels, images.pixels)
        for image in 0..<images.count {
            for group in 0..<groups {
                let first = image * pixels * channels + group * members
                var (mean, variance) = (0.0, 0.0)
                for pixel in 0..<pixels {
                    for member in 0..<members { mean += Double(x[first + pixel * channels + member]) }
                }
                mean /= Double(length)
                for pixel in 0..<pixels {
                    for member in 0..<members {
                        let deviation = Double(x[first + pixel * channels + member]) - mean
                        variance += deviation * deviation
                    }
                }
                variance /= Double(length)
                for pixel in 0..<pixels {
                    for member in 0..<members {
                        let (at, channel) = (first + pixel * channels + member, group * members + member)
                        let normal = (Double(x[at]) - mean) / (variance + Self.epsilon).squareRoot()
                        y[at] = Float(normal * Double(scale?[channel] ?? 1) + Double(shift?[channel] ?? 0))
                    }
                }
            }
        }
    }
}
