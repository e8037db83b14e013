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
    /// Floats of the workspace: origin, offset and scale a channel.
    var workspace: Int { 3 * images.channels }

    /// Of the operands of `Images`, with a `weight` and a `bias` or without.
    var plain: Implementation {
        Implementation(
            "plain", "two centred passes along the channels", workspaceBytes: workspace * ElementType.f32.size
        ) { tensors, _ in
            let (x, y, workspace) = (tensors["x"], tensors["y"], try Tensor(floats: workspace))
            let (weight, bias) = (tensors.optional("weight"), tensors.optional("bias"))
            return BufferedCall(workspace: [workspace]) {
                run(x.floats, scale: weight?.floats, shift: bias?.floats, workspace: workspace.floats, into: y.floats)
            }
        }
    }

    /// Mean and variance by two centred passes, the mean kept in two parts as in `Moments`.
    private func run(
        _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>?, shift: UnsafePointer<Float>?,
        workspace: UnsafeMutablePointer<Float>, into y: UnsafeMutablePointer<Float>
    ) {
        let (channels, pixels) = (images.channels, images.pixels)
        let (origin, offset, factor) = (workspace, workspace + channels, workspace + 2 * channels)
        for image in 0..<images.count {
            let (source, target) = (x + image * pixels * channels, y + image * pixels * channels)
            for c in 0..<channels { origin[c] = source[c / members * members] }

            offset.update(repeating: 0, count: channels)
            for pixel in 0..<pixels {
                let row = source + pixel * channels
                for c in 0..<channels { offset[c] += row[c] - origin[c] }
            }
            averageGroups(of: offset)

            factor.update(repeating: 0, count: channels)
            for pixel in 0..<pixels {
                let row = source + pixel * channels
                for c in 0..<channels {
                    let deviation = (row[c] - origin[c]) - offset[c]
                    factor[c] += deviation * deviation
                }
            }
            averageGroups(of: factor)
            for c in 0..<channels { factor[c] = 1 / (factor[c] + Float(Self.epsilon)).squareRoot() }
            if let scale { for c in 0..<channels { factor[c] *= scale[c] } }

            for pixel in 0..<pixels {
                let (row, result) = (source + pixel * channels, target + pixel * channels)
                if let shift {
                    for c in 0..<channels { result[c] = ((row[c] - origin[c]) - offset[c]) * factor[c] + shift[c] }
                } else {
                    for c in 0..<channels { result[c] = ((row[c] - origin[c]) - offset[c]) * factor[c] }
                }
            }
        }
    }

    /// Replaces sums a channel by the mean of the group's elements.
    private func averageGroups(of sums: UnsafeMutablePointer<Float>) {
        for group in 0..<groups {
            let first = sums + group * members
            var total: Float = 0
            for member in 0..<members { total += first[member] }
            first.update(repeating: total / Float(length), count: members)
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
