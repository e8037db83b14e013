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
    let kernels = microkernels
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

    static func padded(_ count: Int, _ width: Int) -> Int { (count + width - 1) / width * width }

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
                        count: dim, memory.sums + r * sumFloats, factor: seen > 0 ? 1 / memory.total[r] : 0,
                        into: output + (first + r) * places.y.row)
                }
            }
        }
    }

    /// What scores are multiplied by: powers are of 2.
    var scale: Float { Float(1 / (Double(dim + slip(.attentionScale)).squareRoot() * 0x1.62e42fefa39efp-1)) }
}
