/// What a tile of a matrix product reads and writes.
@usableFromInline package struct ProductTile {
    /// The rows of the left matrix, as many as the tile has: rows of a matrix, or pixels of an image.
    @usableFromInline package let a: UnsafePointer<UnsafePointer<Float>>
    /// Where in a row each segment begins: the taps of a convolution; one for a matrix product.
    @usableFromInline package let offsets: UnsafePointer<Int>
    @usableFromInline package let segments: Int
    /// Elements of a segment.
    @usableFromInline package let depth: Int
    /// [segments][depth][2 vectors]
    @usableFromInline package let b: UnsafePointer<Float>
    /// What the sums start from: 2 vectors, the same for every row.
    @usableFromInline package let start: UnsafePointer<Float>
    @usableFromInline package let c: UnsafeMutablePointer<Float>
    /// Elements from one row of c to the next.
    @usableFromInline package let stride: Int

    @inlinable package init(
        a: UnsafePointer<UnsafePointer<Float>>, offsets: UnsafePointer<Int>, segments: Int, depth: Int,
        b: UnsafePointer<Float>, start: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>, stride: Int
    ) {
        self.a = a
        self.offsets = offsets
        self.segments = segments
        self.depth = depth
        self.b = b
        self.start = start
        self.c = c
        self.stride = stride
    }
}

/// One tile of a matrix product: `rows` rows by two vectors of columns, held in registers over the whole depth.
///
/// c[r] = start + the sum over segments s and depths i of a[r][offsets[s] + i] b[s][i]. A row takes two registers, a
/// step two more and one for the broadcast element: 14 rows fit the 32 registers of AVX-512, 6 the 16 of AVX2.
@inlinable @inline(__always)
package func multiply<V: FloatVector, let rows: Int>(_ vector: V.Type, _ tile: ProductTile, _ count: RowCount<rows>) {
    let a = InlineArray<rows, UnsafePointer<Float>> { tile.a[$0] }
    var left = InlineArray<rows, V>(repeating: V(loading: tile.start))
    var right = InlineArray<rows, V>(repeating: V(loading: tile.start + V.lanes))
    var b = tile.b
    for segment in 0..<tile.segments {
        let offset = tile.offsets[segment]
        for i in offset..<(offset + tile.depth) {
            let (first, second) = (V(loading: b), V(loading: b + V.lanes))
            b += 2 * V.lanes
            @inline(__always) func step(_ r: Int) {
                let factor = V(broadcasting: a[r][i])
                left[r] = factor.multiplyAdd(first, left[r])
                right[r] = factor.multiplyAdd(second, right[r])
            }
            // By hand: a loop over the rows would put the sums on the stack.
            if rows > 0 { step(0) }
            if rows > 1 { step(1) }
            if rows > 2 { step(2) }
            if rows > 3 { step(3) }
            if rows > 4 { step(4) }
            if rows > 5 { step(5) }
            if rows > 6 { step(6) }
            if rows > 7 { step(7) }
            if rows > 8 { step(8) }
            if rows > 9 { step(9) }
            if rows > 10 { step(10) }
            if rows > 11 { step(11) }
            if rows > 12 { step(12) }
            if rows > 13 { step(13) }
        }
    }
    for r in 0..<rows {
        left[r].store(to: tile.c + r * tile.stride)
        right[r].store(to: tile.c + r * tile.stride + V.lanes)
    }
}

/// A number of rows that the compiler knows.
@usableFromInline package struct RowCount<let rows: Int> {
    @inlinable @inline(__always) package init() {}
}

/// A tile of 1 to 6 rows, as many as 16 registers hold.
@inlinable @inline(__always)
package func multiply<V: FloatVector>(_ vector: V.Type, upToSix rows: Int, _ tile: ProductTile) {
    switch rows {
    case 1: multiply(vector, tile, RowCount<1>())
    case 2: multiply(vector, tile, RowCount<2>())
    case 3: multiply(vector, tile, RowCount<3>())
    case 4: multiply(vector, tile, RowCount<4>())
    case 5: multiply(vector, tile, RowCount<5>())
    default: multiply(vector, tile, RowCount<6>())
    }
}

/// A tile of 1 to 14 rows, as many as 32 registers hold.
@inlinable @inline(__always)
package func multiply<V: FloatVector>(_ vector: V.Type, upToFourteen rows: Int, _ tile: ProductTile) {
    switch rows {
    case ...6: multiply(vector, upToSix: rows, tile)
    case 7: multiply(vector, tile, RowCount<7>())
    case 8: multiply(vector, tile, RowCount<8>())
    case 9: multiply(vector, tile, RowCount<9>())
    case 10: multiply(vector, tile, RowCount<10>())
    case 11: multiply(vector, tile, RowCount<11>())
    case 12: multiply(vector, tile, RowCount<12>())
    case 13: multiply(vector, tile, RowCount<13>())
    default: multiply(vector, tile, RowCount<14>())
    }
}
