/// Convolves `outputs` neighbouring pixels of a row, block by block; the sums of a block stay in registers over all taps.
///
/// y[t] = bias + the sum over taps and the inputs of the group of weight x; x is zero on padding.
@inlinable @inline(__always)
package func slide<V: FloatVector, R: GroupReach, let outputs: Int>(
    _ vector: V.Type, _ reach: R.Type, _ tile: SlidingTile, _ count: RowCount<outputs>
) {
    let next = tile.stride * tile.ci
    let steps = tile.inputs / R.inputs
    var packed = tile.weight
    for block in tile.blocks {
        var sums = InlineArray<outputs, V>(repeating: V(loading: packed))
        var weight = packed + tile.skipped
        packed += tile.blockFloats
        for row in 0..<tile.rows {
            let line = tile.x + (row * tile.rowStep + block.input)
            for k in 0..<tile.kernel {
                let column = tile.first + k * tile.dilation
                let isWhole = column >= 0 && column + (outputs - 1) * tile.stride < tile.width
                let x = line + column * tile.ci
                let pixels = InlineArray<outputs, UnsafePointer<Float>> { t in
                    let isSeen = isWhole || UInt(bitPattern: column + t * tile.stride) < UInt(bitPattern: tile.width)
                    return isSeen ? x + t * next : tile.zeros
                }
                for i in 0..<steps {
                    @inline(__always) func step(_ t: Int) { sums[t] = R.add(pixels[t] + i, weight, to: sums[t]) }
                    // By hand, as in a product's tile: a loop would put the sums on the stack.
                    if outputs > 0 { step(0) }
                    if outputs > 1 { step(1) }
                    if outputs > 2 { step(2) }
                    if outputs > 3 { step(3) }
                    if outputs > 4 { step(4) }
                    if outputs > 5 { step(5) }
                    if outputs > 6 { step(6) }
                    if outputs > 7 { step(7) }
                    if outputs > 8 { step(8) }
                    if outputs > 9 { step(9) }
                    if outputs > 10 { step(10) }
                    if outputs > 11 { step(11) }
                    if outputs > 12 { step(12) }
                    if outputs > 13 { step(13) }
                    weight += R.inputs * V.lanes
                }
            }
        }
        for t in 0..<outputs { sums[t].store(to: tile.y + (t * tile.co + block.output)) }
    }
}

/// One tile of a number of pixels that the compiler knows.
@inlinable @inline(__always)
package func slide<V: FloatVector, let outputs: Int>(
    _ vector: V.Type, _ tile: SlidingTile, _ count: RowCount<outputs>
) {
    switch tile.reach {
    case .lane: slide(vector, LaneReach.self, tile, count)
    case .four: slide(vector, FourReach.self, tile, count)
    case .eight: slide(vector, EightReach.self, tile, count)
    case .all: slide(vector, WholeReach.self, tile, count)
    }
}

/// One tile of 1 or 7 pixels: what 16 registers hold beside the weights.
@inlinable @inline(__always)
package func slide<V: FloatVector>(_ vector: V.Type, upToSeven tile: SlidingTile) {
    switch tile.outputs {
    case 1: slide(vector, tile, RowCount<1>())
    default: slide(vector, tile, RowCount<7>())
    }
}

/// One tile of 1, 7 or 14 pixels: what 32 registers hold beside the weights.
@inlinable @inline(__always)
package func slide<V: FloatVector>(_ vector: V.Type, upToFourteen tile: SlidingTile) {
    switch tile.outputs {
    case 14: slide(vector, tile, RowCount<14>())
    default: slide(vector, upToSeven: tile)
    }
}
