import Mutants
import Threads
import Vectors
import Workloads

/// A product of two matrices that both change from call to call: y = a w, [rows, depth] x [depth, columns], each stored
/// as it is or turned.
///
/// A large w is packed for register tiles in every call. For a small one, or few rows, packing would take longer than it
/// saves: then plain loops run along the columns.
struct VariableProduct {
    let rows: Int
    let depth: Int
    let columns: Int
    /// Whether a is stored as [depth, rows].
    let turnsLeft: Bool
    /// Whether w is stored as [columns, depth].
    let turnsRight: Bool
    /// Nil if plain loops are expected to be faster.
    private let tiled: TiledProduct?

    init(rows: Int, depth: Int, columns: Int, turnsLeft: Bool = false, turnsRight: Bool = false) {
        self.rows = rows
        self.depth = depth
        self.columns = columns
        self.turnsLeft = turnsLeft
        self.turnsRight = turnsRight
        // In Double: the product of three counts may overflow.
        let products: Double = Double(rows) * Double(depth) * Double(columns)
        let isLarge = rows >= 4 && products > 1024
        tiled = isLarge ? TiledProduct(depth: depth, columns: columns, step: depth) : nil
    }

    /// Its memory besides the matrices.
    struct Buffers {
        /// Per thread: w packed or turned, a turned, and the scratch memory of tiles.
        let right: Workspace.Buffer<Float>
        let left: Workspace.Buffer<Float>
        let scratch: Workspace.Buffer<Float>
        /// Zeros that the sums start from.
        let start: Workspace.Buffer<Float>
    }

    func buffers(in workspace: inout Workspace) -> Buffers {
        Buffers(
            // Whole cache lines, so that the next buffer begins with one.
            right: workspace.perThread(lines(tiled?.packedFloats ?? (turnsRight ? depth * columns : 0))),
            left: workspace.perThread(lines(turnsLeft ? rows * depth : 0)),
            scratch: workspace.perThread(lines(tiled?.scratchFloats ?? 0)),
            start: workspace.shared(tiled.map { ($0.panels + 1) * $0.width } ?? 0))
    }

    private func lines(_ floats: Int) -> Int { (floats + 15) / 16 * 16 }

    /// The buffers of a call.
    struct Memory {
        let right: UnsafeMutablePointer<Float>
        let left: UnsafeMutablePointer<Float>
        let scratch: UnsafeMutablePointer<Float>
        let start: UnsafeMutablePointer<Float>

        /// - Parameters:
        ///   - owner: the thread whose packed matrices are used.
        ///   - thread: the thread that runs.
        init(_ buffers: Buffers, in memory: Workspace.Memory, of owner: Int, thread: Int) {
            right = memory[buffers.right, owner]
            left = memory[buffers.left, owner]
            scratch = memory[buffers.scratch, thread]
            start = memory[buffers.start]
        }
    }

    /// Packs and turns a share of the matrices. All shares must end before one is multiplied.
    func prepare(
        _ a: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ memory: Memory, _ share: Share = .whole
    ) {
        if turnsLeft {
            let part = share.range(of: rows, inBlocksOf: 16)
            transpose(
                a + part.lowerBound, rows: depth, columns: part.count, stride: rows,
                into: memory.left + part.lowerBound * depth, step: depth)
        }
        if let tiled {
            for panel in share.range(of: tiled.panels) { pack(w, panel, tiled, into: memory.right) }
        } else if turnsRight {
            let part = share.range(of: columns, inBlocksOf: 16)
            transpose(
                w + part.lowerBound * depth, rows: part.count, columns: depth, stride: depth,
                into: memory.right + part.lowerBound, step: columns)
        }
    }

    /// Packs some columns, with zeros beyond the last one.
    private func pack(
        _ w: UnsafePointer<Float>, _ panel: Int, _ tiled: TiledProduct, into packed: UnsafeMutablePointer<Float>
    ) {
        let (width, first) = (tiled.width, panel * tiled.width)
        let (edge, target) = (min(width, columns - first), packed + panel * tiled.panelFloats)
        if turnsRight {
            transpose(w + first * depth, rows: edge, columns: depth, stride: depth, into: target, step: width)
        }
        for row in 0..<depth {
            let place = target + row * width
            if !turnsRight {
                let source = w + row * columns + first
                for i in 0..<edge { place[i] = source[i] }
            }
            for i in edge..<width { place[i] = 0 }
        }
    }

    /// Computes a share of y from matrices that are prepared.
    func multiply(
        _ a: UnsafePointer<Float>, _ w: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, _ memory: Memory,
        _ share: Share = .whole
    ) {
        let left = turnsLeft ? UnsafePointer(memory.left) : a
        guard let tiled else {
            return loop(left, turnsRight ? UnsafePointer(memory.right) : w, into: y, share.range(of: rows))
        }
        tiled.run(
            rows: rows,
            TiledProduct.Memory(
                packed: memory.right, start: memory.start, scratch: memory.scratch, residual: nil, c: y,
                stride: columns), share
        ) { left + $0 * depth }
    }

    /// Computes all of y.
    func callAsFunction(
        _ a: UnsafePointer<Float>, _ w: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, _ memory: Memory
    ) {
        prepare(a, w, memory)
        multiply(a, w, into: y, memory)
    }

    /// Four rows of w at a time, so that the sums are read and written less often.
    private func loop(
        _ a: UnsafePointer<Float>, _ w: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, _ part: Range<Int>
    ) {
        let (columns, whole) = (columns, depth & ~3)
        for row in part {
            let (factors, sums) = (a + row * depth, y + row * columns)
            for j in 0..<columns { sums[j] = 0 }
            for i in stride(from: 0, to: whole, by: 4) {
                let (p, q, r, s) = (factors[i], factors[i + 1], factors[i + 2], factors[i + 3])
                let next = w + i * columns
                for j in 0..<columns {
                    sums[j] +=
                        (p * next[j] + q * next[columns + j])
                        + (r * next[2 * columns + j] + s * next[3 * columns + j])
                }
            }
            for i in whole..<(depth - slip(.variableTerm)) {
                let (factor, next) = (factors[i], w + i * columns)
                for j in 0..<columns { sums[j] += factor * next[j] }
            }
        }
    }
}
