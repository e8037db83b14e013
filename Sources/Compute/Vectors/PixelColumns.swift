import Mutants

/// Pixels [pixels, channels], with at least a vector of channels. Each channel is normalised separately:
/// y = ((x - origin) - offset) factor + shift.
@usableFromInline package struct PixelColumns {
    @usableFromInline package let pixels: Int
    @usableFromInline package let channels: Int
    @usableFromInline package let x: UnsafePointer<Float>
    /// [channels], like the others: a value near the channel's mean, for accuracy.
    @usableFromInline package let origin: UnsafePointer<Float>
    /// The mean minus the origin.
    @usableFromInline package let offset: UnsafeMutablePointer<Float>
    /// 1 / standard deviation, times a scale.
    @usableFromInline package let factor: UnsafeMutablePointer<Float>
    /// The sums of the squared deviations. The factors replace them in place.
    @inlinable package var squares: UnsafeMutablePointer<Float> { factor }

    @inlinable package init(
        pixels: Int, channels: Int, x: UnsafePointer<Float>, origin: UnsafePointer<Float>,
        offset: UnsafeMutablePointer<Float>, factor: UnsafeMutablePointer<Float>
    ) {
        self.pixels = pixels
        self.channels = channels
        self.x = x
        self.origin = origin
        self.offset = offset
        self.factor = factor
    }
}

extension Microkernels {
    /// Computes `offset` and `squares`, reading memory once.
    ///
    /// Two centred passes over blocks that stay in the nearest cache, combined by the formula of Chan, Golub and
    /// LeVeque ("Updating formulae and a pairwise algorithm for computing sample variances", 1979): nothing cancels.
    @inlinable @inline(never)
    package static func moments(_ columns: PixelColumns) {
        var channel = 0
        while channel < columns.channels {
            if channel + 4 * V.lanes <= columns.channels {
                channel = moments(columns, from: channel, Count<4>())
            } else {
                channel = moments(columns, from: channel, Count<1>())
            }
        }
    }

    /// The same for some vectors of channels; returns the channel after them.
    @inlinable @inline(__always)
    package static func moments<let vectors: Int>(
        _ columns: PixelColumns, from channel: Int, _ count: Count<vectors>
    ) -> Int {
        // The last vector ends at the last channel and overlaps the one before.
        let first = min(channel, columns.channels - vectors * V.lanes)
        let block = 64
        var origins = InlineArray<vectors, V>(repeating: .zero)
        var offsets = InlineArray<vectors, V>(repeating: .zero)
        var squares = InlineArray<vectors, V>(repeating: .zero)
        for i in 0..<vectors { origins[i] = V(loading: columns.origin + first + i * V.lanes) }
        var before = 0
        while before < columns.pixels {
            let pixels = min(block, columns.pixels - before)
            let source = columns.x + before * columns.channels + first
            var means = InlineArray<vectors, V>(repeating: .zero)
            for pixel in 0..<pixels {
                let row = source + pixel * columns.channels
                unrolled(vectors) { i in
                    means[i] = means[i].adding(V(loading: row + i * V.lanes).subtracting(origins[i]))
                }
            }
            let share = V(broadcasting: 1 / Float(planted(.momentsShare) ? block : pixels))
            for i in 0..<vectors { means[i] = means[i].multiplied(by: share) }
            var deviations = InlineArray<vectors, V>(repeating: .zero)
            for pixel in 0..<pixels {
                let row = source + pixel * columns.channels
                unrolled(vectors) { i in
                    let deviation = V(loading: row + i * V.lanes).subtracting(origins[i]).subtracting(means[i])
                    deviations[i] = deviation.multiplyAdd(deviation, deviations[i])
                }
            }
            let part = Float(pixels) / Float(before + pixels)
            let (share2, weight) = (
                V(broadcasting: part), V(broadcasting: planted(.momentsJoin) ? 0 : part * Float(before))
            )
            for i in 0..<vectors {
                let distance = means[i].subtracting(offsets[i])
                offsets[i] = distance.multiplyAdd(share2, offsets[i])
                squares[i] = distance.multiplied(by: distance).multiplyAdd(weight, squares[i].adding(deviations[i]))
            }
            before += pixels
        }
        for i in 0..<vectors {
            offsets[i].store(to: columns.offset + first + i * V.lanes)
            squares[i].store(to: columns.squares + first + i * V.lanes)
        }
        return first + vectors * V.lanes
    }

    /// Writes y for all pixels; `shift` is [channels].
    @inlinable @inline(never)
    package static func normalise(
        _ columns: PixelColumns, shift: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
    ) {
        let channels = columns.channels
        var pixel = 0
        while pixel < columns.pixels {
            let pixels = min(4, columns.pixels - pixel)
            let (source, target) = (columns.x + pixel * channels, y + pixel * channels)
            var channel = 0
            while channel < channels {
                // The last vector ends at the last channel and overlaps the one before.
                let c = min(channel, channels - V.lanes)
                let (origin, offset) = (V(loading: columns.origin + c), V(loading: columns.offset + c))
                let (factor, addend) = (V(loading: columns.factor + c), V(loading: shift + c))
                unrolled(4) { p in
                    guard p < pixels else { return }
                    V(loading: source + p * channels + c).subtracting(origin).subtracting(
                        planted(.columnsOffset) ? .zero : offset
                    )
                    .multiplyAdd(factor, addend).store(to: target + p * channels + c)
                }
                channel += V.lanes
            }
            pixel += pixels
        }
    }
}
