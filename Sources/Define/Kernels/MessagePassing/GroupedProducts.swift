import Instructions
import Mutants
import Threads
import Vectors
import Workloads

/// y[i] = the sum over the edges e from j to i, and over the keys k of e, of c[e, k] u[j] W[k]: edges choose among matrices.
///
/// Pairs of an edge and a key are sorted by key, then destination, some thousands at a time. The rows of the sources are summed first,
/// each with its number, over what the edges of a destination have in common: their key. Then the sums of a key are multiplied by its
/// matrix in one product, and added at their destinations. A node with many edges and few keys costs as many products as it has keys.
///
/// With parts a matrix consists of blocks along its diagonal, [parts][inputs / parts][outputs / parts].
struct GroupedProducts {
    /// Number of keys.
    let groups: Int
    /// Keys of an edge.
    let keysPerEdge: Int
    let rows: Int
    let sources: Int
    let inputs: Int
    let outputs: Int
    let parts: Int
    /// The product with a block of a matrix.
    let product: TiledProduct
    private let edgesAtATime: Int
    /// Sums that are multiplied at a time.
    private let rowsAtATime: Int

    private var pairs: Int { edgesAtATime * keysPerEdge }

    /// The pairs of a block and their sums fill a second-level cache of 1 MiB, unless too few of them then have a key in common: a
    /// matrix is read for about sixteen rows, or the product waits for the matrix.
    private static let cache = (1 << 20) / 4
    /// Floats of a pair beside its sum.
    private static let pairFloats = 6
    private static let rowsOfAMatrix = 16

    init(
        groups: Int, keysPerEdge: Int, rows: Int, sources: Int, edges: Int, inputs: Int, outputs: Int, parts: Int = 1
    ) {
        self.groups = groups
        self.keysPerEdge = keysPerEdge
        self.rows = rows
        self.sources = sources
        self.inputs = inputs
        self.outputs = outputs
        self.parts = parts
        product = TiledProduct(depth: inputs / parts, columns: outputs / parts, step: inputs)
        let some = max(Self.cache / (inputs + Self.pairFloats), min(Self.rowsOfAMatrix * groups, 1 << 16))
        edgesAtATime = max(1, min(edges, some / keysPerEdge))
        rowsAtATime = 8 * product.kernels.tileRows
    }

    /// What it reads and writes besides its operands.
    struct Buffers {
        let product: TiledProduct.Buffers
        /// Per thread: where the pairs of each key end, the first of the sums of each key.
        let ends: Workspace.Buffer<Float>
        let groupStarts: Workspace.Buffer<Float>
        /// The source, the destination and the number of each pair, sorted.
        let pairSources: Workspace.Buffer<Float>
        let pairTargets: Workspace.Buffer<Float>
        let numbers: Workspace.Buffer<Float>
        /// The first pair of each sum, and its destination.
        let starts: Workspace.Buffer<Float>
        let targets: Workspace.Buffer<Float>
        let sums: Workspace.Buffer<Float>
        let products: Workspace.Buffer<Float>
    }

    func buffers(in workspace: inout Workspace) -> Buffers {
        Buffers(
            product: product.buffers(in: &workspace, matrices: groups * parts),
            ends: workspace.perThread(groups + 1), groupStarts: workspace.perThread(groups + 1),
            pairSources: workspace.perThread(pairs), pairTargets: workspace.perThread(pairs),
            numbers: workspace.perThread(pairs), starts: workspace.perThread(pairs + 1),
            targets: workspace.perThread(pairs), sums: workspace.perThread(pairs * inputs),
            products: workspace.perThread(rowsAtATime * outputs))
    }

    /// Packs the matrix of a key, given its elements [parts][inputs / parts][outputs / parts].
    func pack(_ matrix: UnsafePointer<Float>, of key: Int, into packed: UnsafeMutablePointer<Float>) {
        let (depth, columns) = (inputs / parts, outputs / parts)
        for part in 0..<parts {
            product.pack(into: packed + (key * parts + part) * product.packedFloats) {
                matrix[(part * depth + $0) * columns + $1]
            }
        }
    }

    /// What a call reads and writes.
    struct Operands {
        /// [rows + 1] and [edges]
        let pointers: UnsafePointer<Int32>
        let indices: UnsafePointer<Int32>
        /// [edges, keysPerEdge], in 0 ..< groups.
        let keys: UnsafePointer<Int32>
        /// The same; nil means 1.
        let numbers: UnsafePointer<Float>?
        /// [sources, inputs]
        let u: UnsafePointer<Float>
        /// [rows, outputs]
        let y: UnsafeMutablePointer<Float>
    }

    /// The memory of a thread.
    private struct Memory {
        let buffers: Buffers
        let all: Workspace.Memory
        let thread: Int

        func floats(_ buffer: KeyPath<Buffers, Workspace.Buffer<Float>>) -> UnsafeMutablePointer<Float> {
            all[buffers[keyPath: buffer], thread]
        }

        func ints(_ buffer: KeyPath<Buffers, Workspace.Buffer<Float>>) -> UnsafeMutablePointer<Int32> {
            UnsafeMutableRawPointer(floats(buffer)).assumingMemoryBound(to: Int32.self)
        }
    }

    /// Computes a share of the rows, with the matrices that were packed into the buffers.
    func run(_ operands: Operands, _ buffers: Buffers, _ all: Workspace.Memory, _ share: Share) {
        let memory = Memory(buffers: buffers, all: all, thread: share.index)
        let rows = share.rows(of: operands.pointers, count: rows)
        (operands.y + rows.lowerBound * outputs).update(repeating: 0, count: rows.count * outputs)
        let edges = Int(operands.pointers[rows.lowerBound])..<Int(operands.pointers[rows.upperBound])
        var row = rows.lowerBound
        for first in stride(from: edges.lowerBound, to: edges.upperBound, by: edgesAtATime) {
            let block = first..<min(first + edgesAtATime, edges.upperBound)
            let sums = sort(block, from: &row, operands, memory)
            sum(sums, pairs: block.count * keysPerEdge, operands, memory)
            multiply(operands, memory)
        }
    }

    /// Sorts the pairs of some edges by key, and finds those with one key and one destination. Returns how many sums they make.
    ///
    /// - Parameter row: the destination of the last edge before these; becomes that of their last.
    private func sort(_ edges: Range<Int>, from row: inout Int, _ operands: Operands, _ memory: Memory) -> Int {
        let (ends, keysPerEdge) = (memory.ints(\.ends), keysPerEdge)
        let keys = operands.keys + edges.lowerBound * keysPerEdge
        ends.update(repeating: 0, count: groups + 1)
        for pair in 0..<edges.count * keysPerEdge { ends[Int(keys[pair]) + 1] += 1 }
        for key in 0..<groups { ends[key + 1] += ends[key] }

        let (sources, targets, numbers) = (
            memory.ints(\.pairSources), memory.ints(\.pairTargets), memory.floats(\.numbers)
        )
        let given = operands.numbers.map { $0 + edges.lowerBound * keysPerEdge }
        var pair = 0
        for edge in edges {
            while Int(operands.pointers[row + 1]) <= edge { row += 1 }
            for _ in 0..<keysPerEdge {
                let place = Int(ends[Int(keys[pair])])
                ends[Int(keys[pair])] += 1
                sources[place] = operands.indices[edge]
                targets[place] = Int32(truncatingIfNeeded: row)
                if let given { numbers[place] = given[pair] }
                pair += 1
            }
        }

        let (starts, owners, firsts) = (memory.ints(\.starts), memory.ints(\.targets), memory.ints(\.groupStarts))
        var (place, sum) = (0, 0)
        for key in 0..<groups {
            firsts[key] = Int32(truncatingIfNeeded: sum)
            let end = Int(ends[key])
            while place < end {
                let target = targets[place]
                starts[sum] = Int32(truncatingIfNeeded: place)
                owners[sum] = target
                repeat { place += 1 } while place < end && targets[place] == target
                sum += 1
            }
        }
        firsts[groups] = Int32(truncatingIfNeeded: sum)
        starts[sum] = Int32(truncatingIfNeeded: place - slip(.groupedPair))
        return sum
    }

    /// The rows of the sources, summed over the pairs of each sum.
    private func sum(_ sums: Int, pairs: Int, _ operands: Operands, _ memory: Memory) {
        microkernels.aggregate(
            SparseRows(
                operands.numbers == nil ? .copySource : .multiply, .sum, pointers: memory.ints(\.starts),
                indices: memory.ints(\.pairSources),
                u: SpacedRows(operands.u, step: inputs, floats: sources * inputs),
                e: SpacedRows(memory.floats(\.numbers), step: 1, floats: pairs), hasNumbers: operands.numbers != nil,
                features: inputs, y: memory.floats(\.sums), step: inputs, rows: sums))
    }

    /// Multiplies the sums of each key by its matrix, and adds the products at their destinations.
    private func multiply(_ operands: Operands, _ memory: Memory) {
        let (sums, products) = (UnsafePointer(memory.floats(\.sums)), memory.floats(\.products))
        let (firsts, owners) = (memory.ints(\.groupStarts), memory.ints(\.targets))
        let (depth, columns, outputs) = (inputs / parts, outputs / parts, outputs)
        for key in 0..<groups {
            for first in stride(from: Int(firsts[key]), to: Int(firsts[key + 1]), by: rowsAtATime) {
                let count = min(rowsAtATime, Int(firsts[key + 1]) - first)
                for part in 0..<parts {
                    let matrix = planted(.groupedKey) ? 0 : key * parts + part
                    let row = sums + first * inputs + part * depth
                    product.run(
                        rows: count,
                        TiledProduct.Memory(
                            packed: UnsafePointer(memory.all[memory.buffers.product.packed])
                                + matrix * product.packedFloats,
                            start: memory.all[memory.buffers.product.start],
                            scratch: memory.all[memory.buffers.product.scratch, memory.thread], residual: nil,
                            c: products + part * columns, stride: outputs)
                    ) { row + $0 * inputs }
                }
                for r in 0..<count {
                    let (target, product) = (operands.y + Int(owners[first + r]) * outputs, products + r * outputs)
                    for i in 0..<outputs { target[i] += product[i] }
                }
            }
        }
    }
}
