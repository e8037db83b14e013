import Mutants

/// A row of output pixels: per channel, the maximum of the window, or its sum times a scale.
@usableFromInline package struct PoolRow {
    @usableFromInline package let isMaximum: Bool
    /// The factor for a sum.
    @usableFromInline package let scale: Float
    /// The first image row that the windows see, and the number of rows they see.
    @usableFromInline package let x: UnsafePointer<Float>
    @usableFromInline package let rows: Int
    /// Pixels per image row.
    @usableFromInline package let width: Int
    @usableFromInline package let kernel: Int
    @usableFromInline package let stride: Int
    @usableFromInline package let padding: Int
    @usableFromInline package let channels: Int
    /// [outputs, channels]
    @usableFromInline package let y: UnsafeMutablePointer<Float>
    @usableFromInline package let outputs: Int

    @inlinable package init(
        isMaximum: Bool, scale: Float, x: UnsafePointer<Float>, rows: Int, width: Int, kernel: Int, stride: Int,
        padding: Int, channels: Int, y: UnsafeMutablePointer<Float>, outputs: Int
    ) {
        self.isMaximum = isMaximum
        self.scale = scale
        self.x = x
        self.rows = rows
        self.width = width
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.channels = channels
        self.y = y
        self.outputs = outputs
    }

    /// The columns of the image that an output sees.
    @inlinable @inline(__always) package func columns(at output: Int) -> Range<Int> {
        let first = output * stride - padding
        let low = max(first, 0)
        return low..<max(low, min(first + kernel, width - slip(.poolColumn)))
    }
}

extension Microkernels {
    /// Pools a row; some vectors of channels stay in registers over all taps.
    @inlinable @inline(never)
    package static func pool(_ row: PoolRow) {
        if row.isMaximum {
            pool(row, ExtremeOfMessages.self)
        } else {
            pool(row, SumOfMessages.self)
        }
    }

    /// The same for one kind of pooling. A window is reduced like the messages at a node.
    @inlinable @inline(__always)
    package static func pool<R: MessageReduction>(_ row: PoolRow, _ kind: R.Type) {
        guard row.channels >= V.lanes else {
            poolNarrow(row, kind)
            return
        }
        for output in 0..<row.outputs {
            let columns = row.columns(at: output)
            var channel = 0
            while channel < row.channels {
                if channel + 4 * V.lanes <= row.channels {
                    channel = pool(row, kind, output, columns, from: channel, Count<4>())
                } else {
                    channel = pool(row, kind, output, columns, from: channel, Count<1>())
                }
            }
        }
    }

    /// Pools some vectors of channels of one output; returns the channel after them.
    @inlinable @inline(__always)
    package static func pool<R: MessageReduction, let vectors: Int>(
        _ row: PoolRow, _ kind: R.Type, _ output: Int, _ columns: Range<Int>, from channel: Int,
        _ count: Count<vectors>
    ) -> Int {
        // The last vector ends at the last channel and overlaps the one before.
        let first = min(channel, row.channels - vectors * V.lanes)
        var reduced = InlineArray<vectors, V>(repeating: V(broadcasting: planted(.poolStart) ? 0 : R.start))
        for ky in 0..<row.rows {
            var source = row.x + (ky * row.width + columns.lowerBound) * row.channels + first
            for _ in 0..<columns.count {
                unrolled(vectors) { i in
                    reduced[i] = R.combine(reduced[i], V(loading: source + i * V.lanes))
                }
                source += row.channels
            }
        }
        let scale = V(broadcasting: row.scale)
        let target = row.y + output * row.channels + first
        for i in 0..<vectors { reduced[i].multiplied(by: scale).store(to: target + i * V.lanes) }
        return first + vectors * V.lanes
    }

    /// Channel by channel, if there are fewer channels than lanes.
    @inlinable @inline(__always)
    package static func poolNarrow<R: MessageReduction>(_ row: PoolRow, _ kind: R.Type) {
        for output in 0..<row.outputs {
            let columns = row.columns(at: output)
            for channel in 0..<row.channels {
                var reduced = V(broadcasting: R.start)
                for ky in 0..<row.rows {
                    for column in columns {
                        let x = row.x[(ky * row.width + column) * row.channels + channel]
                        reduced = R.combine(reduced, V(broadcasting: x))
                    }
                }
                row.y[output * row.channels + channel] = reduced.greatest * row.scale
            }
        }
    }
}
