import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

extension Attention {
    /// Tiles of queries against blocks of keys with an online softmax: no more of the scores than a tile exists.
    var native: Implementation {
        let blocks = AttentionBlocks(self)
        return Implementation(
            "native", "register tiles and an online softmax, block by block", threading: .any,
            workspaceBytesPerThread: 4 * blocks.floats
        ) { tensors, setting in
            let workspace = try Tensor(floats: setting.threads * blocks.floats)
            return BufferedCall(on: try ThreadPool.shared(setting.threads), workspace: [workspace]) { share in
                blocks.run(
                    tensors, heads: share.range(of: heads / sharing),
                    workspace: workspace.floats + share.index * blocks.floats)
            }
        }
    }
}

/// How `Attention.native` divides its work. The rows of a key head are the queries of all heads that share it.
struct AttentionBlocks: Sendable {
    let shape: Attention
    let places: Attention.Places
    let kernels = VectorKernels.chosen
    let dim: Int
    /// Rows of a key head.
    let rows: Int
    /// Columns of a tile.
    let width: Int
    /// Decoding streams keys and values where they stand, where a row of theirs is whole vectors.
    let streams: Bool
    /// Keys of a block: the scores of a tile and, of 64 elements, its packed keys fill half of a first-level cache and
    /// an eighth of a second-level one of 1 MiB; or half of a first-level cache where they are streamed.
    let block: Int
    /// Rows whose sums are kept while the blocks of keys go by.
    let chunk: Int
    /// Values whose rows are not whole panels are packed, and those whose rows stand apart: far ones fall into the same
    /// lines of the caches.
    let packsValues: Bool
    /// Elements of a row of sums.
    let sumFloats: Int
    /// Rows of scores at a time.
    let tileRows: Int

    init(_ shape: Attention) {
        self.shape = shape
        places = shape.places
        dim = shape.dim
        rows = shape.sharing * shape.queries
        width = 2 * kernels.lanes
        streams = shape.queries == 1 && dim.isMultiple(of: kernels.lanes)
        block = min(streams ? 64 : 512, Self.padded(shape.keys, width))
        chunk = streams ? rows : min(1024, rows)
        packsValues = !dim.isMultiple(of: width) || shape.places.v.row != dim
        sumFloats = streams ? dim : Self.padded(dim, width)
        tileRows = streams ? rows : kernels.tileRows
    }

    private static func padded(_ count: Int, _ width: Int) -> Int { (count + width - 1) / width * width }

    /// Floats of a thread's workspace: whole cache lines.
    var floats: Int {
        Self.padded(
            (streams ? rows * dim : block * (dim + (packsValues ? sumFloats : 0)))
                + tileRows * block + chunk * (sumFloats + 2) + Self.padded(tileRows, width) + width, 16)
    }

    /// The workspace, divided.
    struct Memory {
        /// [panel][dim][width], times the scale; the queries times the scale where keys are streamed.
        let keys: UnsafeMutablePointer<Float>
        /// [panel][block][width]
        let values: UnsafeMutablePointer<Float>
        /// [tileRows][block]
        let scores: UnsafeMutablePointer<Float>
        /// [chunk][sumFloats]
        let sums: UnsafeMutablePointer<Float>
        let largest: UnsafeMutablePointer<Float>
        let total: UnsafeMutablePointer<Float>
        let factor: UnsafeMutablePointer<Float>
        let zeros: UnsafeMutablePointer<Float>
    }

    /// Computes what some of the key heads, counted over the batch, are asked.
    func run(_ tensors: Operands, heads: Range<Int>, workspace: UnsafeMutablePointer<Float>) {
        var next = workspace
        func take(_ count: Int) -> UnsafeMutablePointer<Float> {
            defer { next += count }
            return next
        }
        let (streams, block, sumFloats, tileRows) = (streams, block, sumFloats, tileRows)
        let memory = Memory(
            keys: take(streams ? rows * dim : block * dim),
            values: take(streams || !packsValues ? 0 : block * sumFloats),
            scores: take(tileRows * block),
            sums: take(chunk * sumFloats), largest: take(chunk), total: take(chunk),
            factor: take(Self.padded(tileRows, width)),
            zeros: take(width))
        memory.zeros.update(repeating: 0, count: width)
        for head in heads {
            let (key, value) = (
                places.k.base(tensors, head), places.v.base(tensors, planted(.attentionHead) ? 0 : head)
            )
            // The rows of heads that share a key head follow one another.
            let (query, output) = (
                places.q.base(tensors, head * shape.sharing), places.y.base(tensors, head * shape.sharing)
            )
            for first in Swift.stride(from: 0, to: rows, by: chunk) {
                let count = min(chunk, rows - first)
                if !planted(.attentionLargest) {
                    memory.largest.update(repeating: -.greatestFiniteMagnitude, count: count)
                }
                memory.total.update(repeating: 0, count: count)
                memory.sums.update(repeating: 0, count: count * sumFloats)
                if streams {
                    stream(query + first * places.q.row, key, value, memory)
                } else {
                    attend(query + first * places.q.row, rows: first..<(first + count), key, value, memory)
                }
                for r in 0..<count {
                    let seen = shape.visible(to: (first + r) % shape.queries)
                    kernels.scale(
                        dim, memory.sums + r * sumFloats, seen > 0 ? 1 / memory.total[r] : 0,
                        output + (first + r) * places.y.row)
                }
            }
        }
    }

    /// The rows of a chunk, tile by tile, against blocks of keys that are packed one after the other.
    private func attend(
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

    /// A tile of rows against a block of keys: scores, their exponentials, the values that these weigh.
    private func step(
        _ low: Int, count: Int, queries: UnsafeMutablePointer<UnsafePointer<Float>>, values: UnsafePointer<Float>,
        seen: UnsafePointer<Int>, depth: Int, isFirst: Bool, _ memory: Memory
    ) {
        var none = 0
        let sums = memory.sums + low * sumFloats
        withUnsafePointer(to: &none) { offsets in
            for panel in 0..<(depth + width - 1) / width {
                kernels.multiply(
                    count,
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
                        rows.count,
                        ProductTile(
                            a: queries + rows.lowerBound, offsets: offsets, segments: 1, depth: depth,
                            b: values + panel * (packsValues ? block * width : width), step: packsValues ? width : dim,
                            start: memory.zeros, adding: isFirst ? nil : UnsafePointer(target),
                            times: memory.factor + rows.lowerBound, c: target, stride: sumFloats))
                }
            }
            // A weight of 0 hides what is masked, unless that is an infinity or a NaN: then each row takes only what it
            // sees.
            var least = depth
            for r in 0..<count { least = min(least, seen[r]) }
            if least == depth || areFinite(values, least..<depth) {
                weigh(0..<count, depth: depth)
            } else {
                for r in 0..<count { weigh(r..<r + 1, depth: seen[r]) }
            }
        }
    }

    /// One query a head: every key and value is read once, for all heads that share it.
    private func stream(
        _ q: UnsafePointer<Float>, _ key: UnsafePointer<Float>, _ value: UnsafePointer<Float>, _ memory: Memory
    ) {
        kernels.scale(rows * dim, q, scale, memory.keys)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: rows) { seen in
            for first in Swift.stride(from: 0, to: shape.keys, by: block) {
                let count = min(block, shape.keys - first)
                for r in 0..<rows {
                    seen[r] = count
                    kernels.dotProducts(
                        memory.keys + r * dim, dim, key + first * dim, count, memory.scores + r * block)
                }
                kernels.softmaxStep(
                    ScoreRows(
                        count: rows, scores: memory.scores, stride: block, seen: seen.baseAddress!, depth: count,
                        largest: memory.largest, total: memory.total, factor: memory.factor))
                for r in 0..<rows {
                    kernels.weightedSum(
                        memory.scores + r * block, value + first * dim, count - slip(.decodeKey), dim,
                        memory.sums + r * dim,
                        memory.factor[r])
                }
            }
        }
    }

    /// Whether the values of some keys of a block are numbers.
    private func areFinite(_ values: UnsafePointer<Float>, _ keys: Range<Int>) -> Bool {
        let (panels, step) = packsValues ? (sumFloats / width, width) : (1, dim)
        return (0..<panels).allSatisfy { panel in
            let rows = values + panel * block * step
            return (keys.lowerBound * step..<keys.upperBound * step).allSatisfy { rows[$0].isFinite }
        }
    }

    /// What scores are multiplied by: powers are of 2.
    private var scale: Float { Float(1 / (Double(dim + slip(.attentionScale)).squareRoot() * 0x1.62e42fefa39efp-1)) }

    /// Turns keys into panels, times the scale, four by four. What is beyond the last key is never counted.
    private func pack(keys: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>) {
        let (dim, width, scale, stride) = (dim, width, scale, places.k.row)
        let (wholeKeys, wholeDim) = (count & ~3, dim & ~3)
        for j in Swift.stride(from: 0, to: wholeKeys, by: 4) {
            let base = target + j / width * dim * width + j % width
            let row = keys + j * stride
            for i in Swift.stride(from: 0, to: wholeDim, by: 4) {
                let a = SIMD4<Float>(at: row + i) * scale
                let b = SIMD4<Float>(at: row + stride + i) * scale
                let c = SIMD4<Float>(at: row + 2 * stride + i) * scale
                let d = SIMD4<Float>(at: row + 3 * stride + i) * scale
                SIMD4(a[0], b[0], c[0], d[0]).store(at: base + i * width)
                SIMD4(a[1], b[1], c[1], d[1]).store(at: base + (i + 1) * width)
                SIMD4(a[2], b[2], c[2], d[2]).store(at: base + (i + 2) * width)
                SIMD4(a[3], b[3], c[3], d[3]).store(at: base + (i + 3) * width)
            }
        }
        for j in 0..<count {
            let base = target + j / width * dim * width + j % width
            for i in (j < wholeKeys ? wholeDim : 0)..<dim { base[i * width] = keys[j * stride + i] * scale }
        }
    }

    /// Cuts rows of values into panels, zero beyond the last element.
    private func pack(values: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>) {
        let (dim, width) = (dim, width)
        for panel in 0..<sumFloats / width {
            let (base, edge) = (target + panel * block * width, min(width, dim - panel * width))
            for j in 0..<count {
                (base + j * width).update(
                    from: values + j * places.v.row + panel * width, count: edge - slip(.attentionValue))
                if edge < width { (base + j * width + edge).update(repeating: 0, count: width - edge) }
            }
        }
    }
}
