import CPlatform
import Mutants

extension Microkernels {
    /// One tile of 7 pixels: as many as 16 registers hold.
    @inlinable @inline(never)
    package static func slide(_ tile: SlidingTile) { slideReach(tile, Count<7>()) }

    /// One tile of 7 or 14 pixels: as many as 32 registers hold.
    @inlinable @inline(__always)
    package static func slideFar(_ tile: SlidingTile) {
        switch tile.size {
        case 14: slideReach(tile, Count<14>())
        default: slideReach(tile, Count<7>())
        }
    }

    /// Convolves `outputs` neighbouring pixels of a row, block by block. The sums stay in registers over all taps.
    ///
    /// y[t] = bias + the sum over taps and inputs of the group of weight x, clamped to the bounds. A pixel is loaded
    /// once per run of taps, for all sums that it contributes to. Pixels outside the image are zero and are skipped.
    @inlinable @inline(__always)
    package static func slideBlocks<R: GroupReach, T: TapRow, E: TileEdge, let outputs: Int>(
        _ reach: R.Type, _ row: T.Type, _ edge: E.Type, _ tile: SlidingTile, _ size: Count<outputs>
    ) {
        let stride = T.taps > 1 ? 1 : tile.stride
        let next = stride * tile.ci
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
                    if E.isInterior && R.views > 1 {
                        // View by view: few weights stay in registers, and a pixel costs a load and a shuffle for three products.
                        // Each pixel is read again for each view: the compiler would keep them all, in too few registers.
                        @inline(__always) func pass(_ view: Int) {
                            let weights: InlineArray<7, V> = T.weights(at: weight + view * viewFloats)
                            var place = assay_read_again(x + (run.offset + step))!
                            unrolled(outputs + T.taps - 1) { j in
                                T.add(R.view(view, of: place), weights, to: &sums, j)
                                place = assay_read_again(place + next)!
                            }
                        }
                        pass(0)
                        pass(1)
                        pass(2)
                        if !planted(.slideView) { pass(3) }
                        if R.views > 4 {
                            pass(4)
                            pass(5)
                            pass(6)
                            pass(7)
                        }
                    } else {
                        // If a pixel has one view, its weights are held. Otherwise each weight is used only once per pixel.
                        let held: InlineArray<7, V> = T.weights(at: weight)
                        // Advance pixel by pixel: one address per pixel would fill the registers.
                        var place = x + (run.offset + step)
                        unrolled(outputs + T.taps - 1) { j in
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
                    }
                    weight += R.views * viewFloats
                }
            }
            let y = tile.y + block.output
            unrolled(outputs) { t in
                guard t < tile.outputs else { return }
                let sum = isBounded ? sums[t].larger(least).smaller(most) : sums[t]
                sum.store(to: y + t * tile.co)
            }
        }
    }

    /// One tile with a compile-time number of pixels.
    @inlinable @inline(__always)
    package static func slideReach<let outputs: Int>(_ tile: SlidingTile, _ size: Count<outputs>) {
        switch (tile.reach, tile.taps) {
        case (.lane, 7): slideBlocks(LaneReach.self, SevenTaps.self, Border.self, tile, size)
        case (.lane, 5): slideBlocks(LaneReach.self, FiveTaps.self, Border.self, tile, size)
        case (.lane, 3): slideBlocks(LaneReach.self, ThreeTaps.self, Border.self, tile, size)
        case (.all, 3): slideBlocks(WholeReach.self, ThreeTaps.self, Border.self, tile, size)
        case (.lane, _): slideEdge(LaneReach.self, OneTap.self, tile, size)
        case (.all, _): slideEdge(WholeReach.self, OneTap.self, tile, size)
        case (.four, 3): slideEdge(FourReach.self, ThreeTaps.self, tile, size)
        case (.four, _): slideBlocks(FourReach.self, OneTap.self, Border.self, tile, size)
        case (.eight, 3): slideEdge(EightReach.self, ThreeTaps.self, tile, size)
        case (.eight, _): slideBlocks(EightReach.self, OneTap.self, Border.self, tile, size)
        }
    }

    /// Tests pixels only if the tile sees padding: for tiles with so few sums per pixel that tests would be slow.
    @inlinable @inline(__always)
    package static func slideEdge<R: GroupReach, T: TapRow, let outputs: Int>(
        _ reach: R.Type, _ row: T.Type, _ tile: SlidingTile, _ size: Count<outputs>
    ) {
        if tile.isInterior {
            slideBlocks(reach, row, Interior.self, tile, size)
        } else {
            slideBlocks(reach, row, Border.self, tile, size)
        }
    }
}
