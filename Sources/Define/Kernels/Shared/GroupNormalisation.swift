import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// Normalises NHWC images over their pixels and groups of adjacent channels: y = (x - mean) / sqrt(variance + eps),
/// then an optional scale and shift per channel, and a function of that if there is one.
///
/// Every loop runs along the channels, as memory does. Values of a group are repeated for each of its channels.
struct GroupNormalisation: Sendable {
    let images: Images
    let groups: Int
    var epsilon = 1e-5
    var function: ActivationFunction?

    /// Channels per group.
    private var members: Int { images.channels / groups }
    /// Elements per mean.
    var length: Int { images.pixels * members }
    /// Takes the operands of `Images`, with or without a `weight` and a `bias`.
    ///
    /// Threads share the pixels of an image. Moments are computed per part, and combined before all threads normalise.
    var native: Implementation {
        let columns = FoldedPixels(images.pixels, channels: images.channels)
        var workspace = Workspace()
        let buffer = workspace.perThread(columns.workspace)
        return Implementation(
            "native", "vectors of channels, the moments in one reading of the image", threading: .any,
            workspace: workspace
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let (x, y) = (tensors["x"], tensors["y"])
            let (weight, bias) = (tensors.optional("weight"), tensors.optional("bias"))
            let progress = Progress()
            @Sendable func values(_ index: Int) -> FoldedPixels.Values { columns.values(in: memory[buffer, index]) }
            let measure: (Share) -> Void = { share in
                let (source, values) = (x.floats + progress.first, values(share.index))
                for place in 0..<values.count {
                    values.origin[place] = source[place % images.channels / members * members]
                }
                columns.moments(source, values, share)
            }
            let normalise: (Share) -> Void = { share in
                columns.normalise(
                    x.floats + progress.first, values(0), into: y.floats + progress.first, share, then: function)
            }
            return PreparedCall {
                for image in 0..<images.count {
                    progress.first = image * images.pixels * images.channels
                    pool.run(measure)
                    for group in 0..<groups {
                        combine(
                            group, columns, x.floats + progress.first, parts: setting.threads, values,
                            scale: weight?.floats,
                            shift: bias?.floats)
                    }
                    pool.run(normalise)
                }
            }
        }
    }

    /// The current image. The closures that threads run share it, because they are made only once.
    private final class Progress: @unchecked Sendable {
        /// Its first element.
        var first = 0
    }

    /// Combines the moments of a group's channels in all parts, and the left-over pixels, into those of the group, in
    /// the values of part 0.
    private func combine(
        _ group: Int, _ columns: FoldedPixels, _ source: UnsafePointer<Float>, parts: Int,
        _ values: (Int) -> FoldedPixels.Values, scale: UnsafePointer<Float>?, shift: UnsafePointer<Float>?
    ) {
        let (first, channels) = (group * members, images.channels)
        let result = values(0)
        let origin = result.origin[first]
        var (sum, squares) = (Float(0), Float(0))
        func pixels(_ part: Int) -> Float { Float(Share(part, of: parts).range(of: columns.pixels).count) }
        for part in 0..<parts where pixels(part) > 0 {
            for fold in stride(from: first, to: result.count, by: channels) {
                for place in fold..<(fold + members) { sum += pixels(part) * values(part).offset[place] }
            }
        }
        for pixel in columns.rest where !planted(.groupRest) {
            for place in 0..<members { sum += source[pixel * channels + first + place] - origin }
        }
        let offset = sum / Float(length)
        for part in 0..<parts where pixels(part) > 0 {
            let (count, values) = (planted(.groupPart) ? 0 : pixels(part), values(part))
            for fold in stride(from: first, to: result.count, by: channels) {
                for place in fold..<(fold + members) {
                    let distance = values.offset[place] - offset
                    squares += values.squares[place] + count * distance * distance
                }
            }
        }
        for pixel in columns.rest {
            for place in 0..<members {
                let deviation = (source[pixel * channels + first + place] - origin) - offset
                squares += deviation * deviation
            }
        }
        let factor = 1 / (squares / Float(length) + (planted(.groupEpsilon) ? 0 : Float(epsilon))).squareRoot()
        for fold in stride(from: first, to: result.count, by: channels) {
            for place in 0..<members {
                result.offset[fold + place] = offset
                result.factor[fold + place] = factor * (scale?[first + place] ?? 1)
                result.shift[fold + place] = shift?[planted(.groupShift) ? place : first + place] ?? 0
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
                        let normal = (Double(x[at]) - mean) / (variance + epsilon).squareRoot()
                        let result = normal * Double(scale?[channel] ?? 1) + Double(shift?[channel] ?? 0)
                        y[at] = Float(function?.exact(result) ?? result)
                    }
                }
            }
        }
    }
}
