import Mutants
import Vectors

extension AttentionBlocks {
    /// Processes the rows of a chunk, tile by tile, with blocks of keys that are packed one after the other.
    func attend(
        _ q: UnsafePointer<Float>, rows: Range<Int>, _ key: UnsafePointer<Float>, _ value: UnsafePointer<Float>,
        _ memory: Memory
    ) {
        let height = kernels.tileRows
        var most = 0
        for row in rows { most = max(most, shape.visible(to: row % shape.queries)) }
        let tiles = (rows.count + height - 1) / height
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: height) { pointers in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: height) { seen in
                for first in Swift.stride(from: 0, to: most, by: block) {
                    let count = min(block, shape.keys - first)
                    pack(keys: key + first * places.k.row, count: count, into: memory.keys)
                    let unpacked = value + first * places.v.row
                    if packsValues { pack(values: unpacked, count: count, into: memory.values) }
                    let values = packsValues ? UnsafePointer(memory.values) : unpacked
                    for tile in 0..<tiles {
                        let (low, high) = (rows.count * tile / tiles, rows.count * (tile + 1) / tiles)
                        var depth = 0
                        for r in low..<high {
                            pointers[r - low] = q + r * places.q.row
                            let visible = shape.visible(to: (rows.lowerBound + r) % shape.queries)
                            seen[r - low] = max(
                                0, min(count, visible - first + slip(.attentionMask)) - slip(.attentionKey))
                            depth = max(depth, seen[r - low])
                        }
                        if depth > 0 {
                            step(
                                low, count: high - low, queries: pointers.baseAddress!, values: values,
                                seen: seen.baseAddress!, depth: depth, isFirst: first == 0, memory)
                        }
                    }
                }
            }
        }
    }

    /// One tile of rows with one block of keys: scores, their exponentials, and the values weighted by these.
    private func step(
        _ low: Int, count: Int, queries: UnsafeMutablePointer<UnsafePointer<Float>>, values: UnsafePointer<Float>,
        seen: UnsafePointer<Int>, depth: Int, isFirst: Bool, _ memory: Memory
    ) {
        var none = 0
        let sums = memory.sums + low * sumFloats
        withUnsafePointer(to: &none) { offsets in
            for panel in 0..<(depth + width - 1) / width {
                kernels.multiply(
                    rows: count,
                    ProductTile(
                        a: queries, offsets: offsets, segments: 1, depth: dim, b: memory.keys + panel * dim * width,
                        step: width,
                        start: memory.zeros, c: memory.scores + panel * width, stride: block))
            }
            kernels.softmaxStep(
                ScoreRows(
                    count: count, scores: memory.scores, stride: block, seen: seen, depth: depth,
                    largest: memory.largest + low, total: memory.total + low, factor: memory.factor))
            for r in 0..<count { queries[r] = UnsafePointer(memory.scores + r * block) }
            func weigh(_ rows: Range<Int>, depth: Int) {
                for panel in 0..<sumFloats / width {
                    let target = sums + rows.lowerBound * sumFloats + panel * width
                    kernels.multiply(
                        rows: rows.count,
                        ProductTile(
                            a: queries + rows.lowerBound, offsets: offsets, segments: 1, depth: depth,
                            b: values + panel * (packsValues ? block * width : width), step: packsValues ? width : dim,
                            start: memory.zeros, adding: isFirst ? nil : UnsafePointer(target),
                            times: memory.factor + rows.lowerBound, c: target, stride: sumFloats))
                }
            }
            // A weight of 0 hides a masked value, unless that is infinite or NaN. In that case each row takes only the
            // values that it sees.
            var least = depth
            for r in 0..<count { least = min(least, seen[r]) }
            if least == depth || areFinite(values, least..<depth) {
                weigh(0..<count, depth: depth)
            } else {
                for r in 0..<count { weigh(r..<r + 1, depth: seen[r]) }
            }
        }
    }

    /// Whether the values of some keys of a block are finite.
    private func areFinite(_ values: UnsafePointer<Float>, _ keys: Range<Int>) -> Bool {
        let (panels, step) = packsValues ? (sumFloats / width, width) : (1, dim)
        return (0..<panels).allSatisfy { panel in
            let rows = values + panel * block * step
            return (keys.lowerBound * step..<keys.upperBound * step).allSatisfy { rows[$0].isFinite }
        }
    }
}
