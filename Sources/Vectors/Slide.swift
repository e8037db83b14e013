import Mutants

/// Convolves `outputs` neighbouring pixels of a row, block by block; the sums of a block stay in registers over all taps.
///
/// y[t] = bias + the sum over taps and the inputs of the group of weight x, held between bounds. Each pixel that a run of taps sees is loaded
/// once for all the sums that it has a part in; pixels beside the image, which are zero, have none.
@inlinable @inline(__always)
package func slide<V: FloatVector, R: GroupReach, T: TapRow, E: TileEdge, let outputs: Int>(
    _ vector: V.Type, _ reach: R.Type, _ row: T.Type, _ edge: E.Type, _ tile: SlidingTile, _ size: RowCount<outputs>
) {
    let stride = T.taps > 1 ? 1 : tile.stride
    let next = stride * tile.ci
    let pixels = outputs + T.taps - 1
    let (steps, viewFloats) = (R.hasSteps ? tile.inputs : 1, T.taps * V.lanes)
    let least = V(broadcasting: tile.bounds.least)
    let most = V(broadcasting: planted(.slideMost) ? .infinity : tile.bounds.most)
    let isBounded = tile.bounds.holds
    var packed = tile.weight
    for block in tile.blocks {
        var sums = SlidingSums(planted(.slideBias) ? .zero : V(loading: packed))
        var weight = packed + tile.skipped
        packed += tile.blockFloats
        let x = tile.x + block.input
        for run in tile.runs {
            let first = tile.first + run.column
            for step in 0..<(steps - slip(.slideChannel)) {
                // Where a pixel has one view, its weights are held; else each is used but once a pixel.
                let held: InlineArray<7, V> = T.weights(at: weight)
                // Pixel by pixel: an address for each would fill the registers.
                var place = x + (run.offset + step)
                @inline(__always) func pixel(_ j: Int) {
                    if E.isSeen(first + j * stride, in: tile.width) {
                        @inline(__always) func see(_ view: Int) {
                            let weights = R.views == 1 ? held : T.weights(at: weight + view * viewFloats)
                            T.add(R.view(view, of: place), weights, to: &sums, j)
                        }
                        see(0)
                        if R.views > 1 {
                            see(1)
                            see(2)
                            if !planted(.slideView) { see(3) }
                        }
                        if R.views > 4 {
                            see(4)
                            see(5)
                            see(6)
                            see(7)
                        }
                    }
                    place += next
                }
                // By hand, as in a product's tile: a loop would put the sums on the stack.
                if pixels > 0 { pixel(0) }
                if pixels > 1 { pixel(1) }
                if pixels > 2 { pixel(2) }
                if pixels > 3 { pixel(3) }
                if pixels > 4 { pixel(4) }
                if pixels > 5 { pixel(5) }
                if pixels > 6 { pixel(6) }
                if pixels > 7 { pixel(7) }
                if pixels > 8 { pixel(8) }
                if pixels > 9 { pixel(9) }
                if pixels > 10 { pixel(10) }
                if pixels > 11 { pixel(11) }
                if pixels > 12 { pixel(12) }
                if pixels > 13 { pixel(13) }
                if pixels > 14 { pixel(14) }
                if pixels > 15 { pixel(15) }
                if pixels > 16 { pixel(16) }
                if pixels > 17 { pixel(17) }
                if pixels > 18 { pixel(18) }
                if pixels > 19 { pixel(19) }
                weight += R.views * viewFloats
            }
        }
        let y = tile.y + block.output
        @inline(__always) func store(_ t: Int) {
            guard t < tile.outputs else { return }
            let sum = isBounded ? sums[t].larger(least).smaller(most) : sums[t]
            sum.store(to: y + t * tile.co)
        }
        if outputs > 0 { store(0) }
        if outputs > 1 { store(1) }
        if outputs > 2 { store(2) }
        if outputs > 3 { store(3) }
        if outputs > 4 { store(4) }
        if outputs > 5 { store(5) }
        if outputs > 6 { store(6) }
        if outputs > 7 { store(7) }
        if outputs > 8 { store(8) }
        if outputs > 9 { store(9) }
        if outputs > 10 { store(10) }
        if outputs > 11 { store(11) }
        if outputs > 12 { store(12) }
        if outputs > 13 { store(13) }
    }
}

/// One tile of a number of pixels that the compiler knows.
@inlinable @inline(__always)
package func slide<V: FloatVector, let outputs: Int>(_ vector: V.Type, _ tile: SlidingTile, _ size: RowCount<outputs>) {
    switch (tile.reach, tile.taps) {
    case (.lane, 7): slide(vector, LaneReach.self, SevenTaps.self, Border.self, tile, size)
    case (.lane, 5): slide(vector, LaneReach.self, FiveTaps.self, Border.self, tile, size)
    case (.lane, 3): slide(vector, LaneReach.self, ThreeTaps.self, Border.self, tile, size)
    case (.all, 3): slide(vector, WholeReach.self, ThreeTaps.self, Border.self, tile, size)
    case (.lane, _): slide(vector, LaneReach.self, OneTap.self, tile, size)
    case (.all, _): slide(vector, WholeReach.self, OneTap.self, tile, size)
    case (.four, 3): slide(vector, FourReach.self, ThreeTaps.self, tile, size)
    case (.four, _): slide(vector, FourReach.self, OneTap.self, Border.self, tile, size)
    case (.eight, 3): slide(vector, EightReach.self, ThreeTaps.self, tile, size)
    case (.eight, _): slide(vector, EightReach.self, OneTap.self, Border.self, tile, size)
    }
}

/// One tile whose pixels are tested only where it sees padding: one of so few sums a pixel that a test would weigh.
@inlinable @inline(__always)
package func slide<V: FloatVector, R: GroupReach, T: TapRow, let outputs: Int>(
    _ vector: V.Type, _ reach: R.Type, _ row: T.Type, _ tile: SlidingTile, _ size: RowCount<outputs>
) {
    if tile.isInterior {
        slide(vector, reach, row, Interior.self, tile, size)
    } else {
        slide(vector, reach, row, Border.self, tile, size)
    }
}

/// One tile of 7 pixels: what 16 registers hold beside the weights.
@inlinable @inline(__always)
package func slide<V: FloatVector>(_ vector: V.Type, ofSeven tile: SlidingTile) {
    slide(vector, tile, RowCount<7>())
}

/// One tile of 7 or 14 pixels: what 32 registers hold beside the weights.
@inlinable @inline(__always)
package func slide<V: FloatVector>(_ vector: V.Type, ofSevenOrFourteen tile: SlidingTile) {
    switch tile.size {
    case 14: slide(vector, tile, RowCount<14>())
    default: slide(vector, ofSeven: tile)
    }
}
