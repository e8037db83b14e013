import Instructions
import Mutants
import Tensors
import Threads
import Vectors

/// A product with a matrix that is packed once: every row that is asked for, times [segments * depth, columns].
///
/// Rows are pointers, and a row is read in segments, so that the left side may be a matrix or the pixels of an image.
/// The packed matrix is [panel][segments * depth][width], a panel being as wide as a tile, zero beyond the columns.
struct TiledProduct {
    let kernels: VectorKernels
    /// Where in a row the segments begin: the taps of a convolution; one for a matrix product.
    let offsets: [Int]
    /// Elements of a segment.
    let depth: Int
    let columns: Int
    let epilogue: Epilogue
    /// Columns of a tile.
    let width: Int
    private let segments: Int
    private let panels: Int
    private let panelFloats: Int
    /// Parts of the sums, which are added up in the result.
    private let parts: [Part]
    /// Whether the rows of a tile are copied side by side before they are multiplied.
    private let copiesRows: Bool
    /// Whether all of the result is one panel, of which every element is written once.
    private let isPlainPanel: Bool
    /// Elements from one copied row to the next.
    private let copyStep: Int
    /// Tiles whose rows are copied at a time, and panels that pass over all of them before the next: either fill half of a
    /// second-level cache of 1 MiB.
    private let tilesAtATime: Int
    private let panelsAtATime: Int

    /// Some segments, or a stretch of one.
    private struct Part {
        let segments: Range<Int>
        /// The first element of a segment, and how many.
        let first: Int
        let depth: Int
        var rows: Int { segments.count * depth }
    }

    /// - Parameter step: elements from one row to the next. Rows a multiple of 4 KiB apart fall into the same set of a
    ///   first-level cache, which has fewer ways than a tile has rows: those are copied, a cache line more apart.
    init(
        kernels: VectorKernels = .chosen, offsets: [Int] = [0], depth: Int, columns: Int, step: Int,
        epilogue: Epilogue = .none
    ) {
        self.kernels = kernels
        self.offsets = offsets
        self.depth = depth
        self.columns = columns
        self.epilogue = epilogue
        segments = offsets.count
        width = 2 * kernels.lanes
        panels = (columns + width - 1) / width
        panelFloats = offsets.count * depth * width
        parts = Self.parts(segments: offsets.count, depth: depth)
        isPlainPanel = panels == 1 && parts.count == 1 && epilogue.afterTile == nil && !epilogue.hasResidual
        copiesRows = offsets == [0] && (4 * step).isMultiple(of: 4096)
        let longest = parts.map(\.rows).max() ?? 1
        copyStep = longest + 16
        tilesAtATime = copiesRows ? max(1, (512 << 10) / (4 * longest * kernels.tileRows)) : .max
        panelsAtATime = max(1, (512 << 10) / (4 * longest * width))
    }

    /// Rows of the packed matrix that are multiplied at a time. Fewer would cost more in adding to the result again than
    /// they gain in the caches.
    private static let mostRows = 1536

    private static func parts(segments: Int, depth: Int) -> [Part] {
        guard depth <= mostRows else {
            let pieces = (depth + mostRows - 1) / mostRows
            return (0..<segments).flatMap { segment in
                (0..<pieces).map { piece in
                    let first = depth * piece / pieces
                    return Part(
                        segments: segment..<(segment + 1), first: first, depth: depth * (piece + 1) / pieces - first)
                }
            }
        }
        let number = (segments * depth + mostRows - 1) / mostRows
        let step = (segments + number - 1) / number
        return stride(from: 0, to: segments, by: step).map {
            Part(segments: $0..<min($0 + step, segments), first: 0, depth: depth)
        }
    }

    /// Floats of the packed matrix.
    var packedFloats: Int { panels * panelFloats }
    /// Floats of the packed bias, and zeros for the parts that add to it.
    var startFloats: Int { (panels + 1) * width }
    /// Floats that a thread writes beside its result: a tile at the right edge, and the rows that are copied.
    var scratchFloats: Int { kernels.tileRows * (width + (copiesRows ? tilesAtATime * copyStep : 0)) }

    /// Where an element stands in the packed matrix; a row is segment * depth + i.
    func place(row: Int, column: Int) -> Int {
        let (panel, lane) = column.quotientAndRemainder(dividingBy: width)
        return panel * panelFloats + row * width + lane
    }

    /// Packs a matrix whose element in a row and column is given; a row is segment * depth + i.
    func packed(_ element: (_ row: Int, _ column: Int) -> Float) throws(OutOfMemory) -> Tensor {
        let target = try Tensor(floats: packedFloats)
        for column in 0..<columns {
            for row in 0..<(offsets.count * depth) {
                let factor: Float = planted(.productRelative) && column == columns - 1 ? 1.0001 : 1
                target.floats[place(row: row, column: column)] = element(row, column) * factor
            }
        }
        return target
    }

    /// The bias, or zeros where there is none, as the tiles begin.
    func start(_ bias: UnsafePointer<Float>?) throws(OutOfMemory) -> Tensor {
        let target = try Tensor(floats: startFloats)
        if let bias, !planted(.productBias) { target.floats.update(from: bias, count: columns) }
        return target
    }

    /// What a run reads and writes.
    struct Memory {
        let packed: UnsafePointer<Float>
        let start: UnsafePointer<Float>
        let scratch: UnsafeMutablePointer<Float>
        /// Laid out like c.
        let residual: UnsafePointer<Float>?
        let c: UnsafeMutablePointer<Float>
        /// Elements from one row of c to the next.
        let stride: Int
    }

    /// Which tiles of rows and which panels of columns a share computes: either is divided, where the pieces come out more
    /// evenly; rows where both do, so that every thread reads its own.
    private func division(of tiles: Int, _ share: Share) -> (tiles: Range<Int>, panels: Range<Int>) {
        func most(_ pieces: Int) -> Double { Double((pieces + share.count - 1) / share.count) / Double(pieces) }
        return most(tiles) <= 1.05 * most(panels)
            ? (share.range(of: tiles), 0..<panels) : (0..<tiles, share.range(of: panels))
    }

    /// Computes rows 0 ..< `rows` of the result, or the part of a share, whose scratch is its own; `row` gives where each row
    /// of the left side begins.
    @inline(__always)
    func run(rows: Int, _ memory: Memory, _ share: Share = .whole, row: (Int) -> UnsafePointer<Float>) {
        // Tiles of nearly equal height: a last one of a row or two would wait for its own sums.
        let tiles = (rows + kernels.tileRows - 1) / kernels.tileRows
        let mine = division(of: tiles, share)
        let step = max(1, min(tilesAtATime, tiles))
        let copies = memory.scratch + kernels.tileRows * width
        offsets.withUnsafeBufferPointer { offsets in
            withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: kernels.tileRows) { pointers in
                guard let base = pointers.baseAddress, let offset = offsets.baseAddress else { return }
                for block in stride(from: mine.tiles.lowerBound, to: mine.tiles.upperBound, by: step) {
                    let some = block..<min(mine.tiles.upperBound, block + step)
                    let first = rows * some.lowerBound / tiles
                    for part in parts {
                        if copiesRows {
                            for r in first..<(rows * some.upperBound / tiles) {
                                (copies + (r - first) * copyStep).update(
                                    from: row(r) + part.first, count: part.depth - slip(.productStale))
                            }
                        }
                        for panel in stride(from: mine.panels.lowerBound, to: mine.panels.upperBound, by: panelsAtATime)
                        {
                            let group = panel..<min(panel + panelsAtATime, mine.panels.upperBound)
                            for tile in some {
                                let (low, high) = (rows * tile / tiles, rows * (tile + 1) / tiles)
                                for r in low..<high {
                                    base[r - low] =
                                        copiesRows
                                        ? UnsafePointer(copies) + (r - first) * copyStep : row(r) + part.first
                                }
                                let left = rows * mine.tiles.upperBound / tiles - high
                                for panel in group {
                                    multiply(base, offset, low..<high, before: left, panel: panel, part, memory)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// One tile: some rows, before others of the same share, a panel of columns and a part of the sums.
    @inline(__always)
    private func multiply(
        _ pointers: UnsafePointer<UnsafePointer<Float>>, _ offsets: UnsafePointer<Int>, _ rows: Range<Int>,
        before others: Int, panel: Int, _ part: Part, _ memory: Memory
    ) {
        let (width, stride) = (width, memory.stride)
        let isFirst = part.segments.lowerBound == 0 && part.first == 0
        let isLast = part.segments.upperBound == segments && part.first + part.depth == depth
        let place = rows.lowerBound * stride + panel * width
        let edge = min(width, columns - panel * width)
        // Of a result as wide as a panel or less, what a row writes beyond its end the next rows write over.
        let isCovered = isPlainPanel && stride == columns && others * columns >= width - edge
        let isWhole = edge == width || isCovered
        let (target, scratch) = (memory.c + place, memory.scratch)
        var addend =
            isFirst ? memory.residual.map { $0 + (planted(.productResidual) ? 0 : place) } : UnsafePointer(target)
        if let source = addend, !isWhole {
            for r in 0..<rows.count { (scratch + r * width).update(from: source + r * stride, count: edge) }
            addend = UnsafePointer(scratch)
        }
        let (c, step) = isWhole ? (target, stride) : (scratch, width)
        kernels.multiply(
            rows.count,
            ProductTile(
                a: pointers, offsets: offsets + part.segments.lowerBound, segments: part.segments.count,
                depth: part.depth,
                b: memory.packed + panel * panelFloats + (part.segments.lowerBound * depth + part.first) * width,
                step: width, start: memory.start + (isFirst || planted(.productBiasTwice) ? panel : panels) * width,
                adding: addend,
                bounds: isLast ? epilogue.bounds : Bounds(), c: c, stride: step))
        if isLast, let function = epilogue.afterTile, isWhole || !planted(.productFunction) {
            for r in 0..<rows.count { kernels.apply(function, width, c + r * step, c + r * step) }
        }
        if !isWhole {
            for r in 0..<rows.count {
                (target + r * stride).update(from: scratch + r * (width - slip(.productStride)), count: edge)
            }
        }
    }
}
