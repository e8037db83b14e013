import CPlatform
import Mutants
import Threads
import Vectors

extension TiledProduct {
    /// The inputs and outputs of a run.
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

    /// The tiles of rows and the panels of columns that a share computes. Whichever divides more evenly is divided; if
    /// both do, the tiles, so that every thread reads its own rows.
    private func division(of tiles: Int, _ share: Share) -> (tiles: Range<Int>, panels: Range<Int>) {
        func most(_ pieces: Int) -> Double { Double((pieces + share.count - 1) / share.count) / Double(pieces) }
        return most(tiles) <= 1.05 * most(panels)
            ? (share.range(of: tiles), 0..<panels) : (0..<tiles, share.range(of: panels))
    }

    /// Computes rows 0 ..< `rows` of the result, or one share of them, with scratch memory of its own. `row` returns
    /// where each row of the left side begins.
    @inline(__always)
    func run(rows: Int, _ memory: Memory, _ share: Share = .whole, row: (Int) -> UnsafePointer<Float>) {
        // Tiles of nearly equal height: a last tile of one or two rows would wait for its own sums.
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
                                    fetch(
                                        rows * (tile + 1) / tiles..<rows * min(tile + 2, tiles) / tiles, panel: panel,
                                        part, memory, row: row)
                                    multiply(base, offset, low..<high, before: left, panel: panel, part, memory)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Asks for what the tile below one needs, while that is computed: a share of its rows for each panel, so that they do not come all at
    /// once, and its part of the result. Rows come from memory in pieces that no processor foresees.
    @inline(__always)
    private func fetch(
        _ next: Range<Int>, panel: Int, _ part: Part, _ memory: Memory, row: (Int) -> UnsafePointer<Float>
    ) {
        guard fetchesAhead else { return }
        let (count, target) = (next.count, memory.c + panel * width)
        let edge = min(width, columns - panel * width)
        for r in next.lowerBound + count * panel / panels..<next.lowerBound + count * (panel + 1) / panels {
            let start = row(r) + part.first
            // Processors foresee the rest of a long row.
            for i in stride(from: 0, to: part.depth <= 512 ? part.depth : 64, by: 16) { assay_prefetch(start + i) }
        }
        for r in next {
            for i in stride(from: 0, to: edge, by: 16) { assay_prefetch(target + r * memory.stride + i) }
        }
    }

    /// One tile: some rows, a panel of columns and a part of the sums. `others` more rows of the share follow.
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
        // In a result at most as wide as a panel, the next rows overwrite what a row writes beyond its end.
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
            rows: rows.count,
            ProductTile(
                a: pointers, offsets: offsets + part.segments.lowerBound, segments: part.segments.count,
                depth: part.depth,
                b: memory.packed + panel * panelFloats + (part.segments.lowerBound * depth + part.first) * width,
                step: width, start: memory.start + (isFirst || planted(.productBiasTwice) ? panel : panels) * width,
                adding: addend,
                bounds: isLast ? epilogue.bounds : Bounds(), c: c, stride: step))
        if isLast, let function = epilogue.afterTile, isWhole || !planted(.productFunction) {
            for r in 0..<rows.count { kernels.apply(function, count: width, c + r * step, into: c + r * step) }
        }
        if !isWhole {
            for r in 0..<rows.count {
                (target + r * stride).update(from: scratch + r * (width - slip(.productStride)), count: edge)
            }
        }
    }
}
