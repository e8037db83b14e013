import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

extension Attention {
    /// Tiles of queries with blocks of keys and an online softmax: only one tile of the scores exists at a time.
    var native: Implementation {
        let blocks = AttentionBlocks(self)
        var workspace = Workspace()
        let buffers = blocks.buffers(in: &workspace)
        return Implementation(
            "native", "register tiles and an online softmax, block by block", threading: .any, workspace: workspace
        ) { tensors, setting, memory in
            PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                blocks.run(
                    tensors, heads: share.range(of: heads / sharing), buffers.map { memory[$0, share.index] })
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
    /// Rows per key head.
    let rows: Int
    /// Columns of a tile.
    let width: Int
    /// Whether decoding streams keys and values without packing, which needs rows of whole vectors.
    let streams: Bool
    /// Keys per block. The scores of a tile fill half of a first-level cache, and packed keys of 64 elements an eighth
    /// of a second-level one of 1 MiB. Streamed keys fill half of a first-level cache.
    let block: Int
    /// Rows whose sums are kept while the blocks of keys are processed.
    let chunk: Int
    /// Values are packed if their rows are not whole panels or not adjacent: rows that are far apart compete for the
    /// same cache lines.
    let packsValues: Bool
    /// Elements per row of sums.
    let sumFloats: Int
    /// Rows of scores that are kept at a time.
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

    /// The intermediate buffers of a thread, as declarations or as memory.
    struct Parts<Place> {
        /// [panel][dim][width], times the scale. If keys are streamed: the queries, times the scale.
        let keys: Place
        /// [panel][block][width]
        let values: Place
        /// [tileRows][block]
        let scores: Place
        /// [chunk][sumFloats]
        let sums: Place
        let largest: Place
        let total: Place
        let factor: Place
        let zeros: Place

        func map<Other>(_ body: (Place) -> Other) -> Parts<Other> {
            Parts<Other>(
                keys: body(keys), values: body(values), scores: body(scores), sums: body(sums),
                largest: body(largest), total: body(total), factor: body(factor), zeros: body(zeros))
        }
    }

    typealias Memory = Parts<UnsafeMutablePointer<Float>>

    func buffers(in workspace: inout Workspace) -> Parts<Workspace.Buffer<Float>> {
        Parts(
            keys: workspace.perThread(streams ? rows * dim : block * dim),
            values: workspace.perThread(streams || !packsValues ? 0 : block * sumFloats),
            scores: workspace.perThread(tileRows * block), sums: workspace.perThread(chunk * sumFloats),
            largest: workspace.perThread(chunk), total: workspace.perThread(chunk),
            factor: workspace.perThread(Self.padded(tileRows, width)), zeros: workspace.perThread(width))
    }

    /// Computes the outputs of some key heads, counted over the batch.
    func run(_ tensors: Operands, heads: Range<Int>, _ memory: Memory) {
        memory.zeros.update(repeating: 0, count: width)
        for head in heads {
            let (key, value) = (
                places.k.base(tensors, head), places.v.base(tensors, planted(.attentionHead) ? 0 : head)
            )
            // The rows of heads that share a key head are consecutive.
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

    /// The factor for scores. It includes log2 e, because powers are of 2.
    var scale: Float { Float(1 / (Double(dim + slip(.attentionScale)).squareRoot() * 0x1.62e42fefa39efp-1)) }
}

extension AttentionBlocks.Parts: Sendable where Place: Sendable {}
