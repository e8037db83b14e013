import CPlatform
import Mutants

/// The inputs and outputs of a tile of a matrix product.
@usableFromInline package struct ProductTile {
    /// Pointers to the rows of the left matrix, one per row of the tile: rows of a matrix, or pixels of an image.
    @usableFromInline package let a: UnsafePointer<UnsafePointer<Float>>
    /// Where the segments begin in a row: at taps of a convolution; a matrix product has one segment.
    @usableFromInline package let offsets: UnsafePointer<Int>
    @usableFromInline package let segments: Int
    /// Elements per segment.
    @usableFromInline package let depth: Int
    /// [segments][depth][2 vectors]
    @usableFromInline package let b: UnsafePointer<Float>
    /// Elements from one row of b to the next.
    @usableFromInline package let step: Int
    /// Start values of the sums: 2 vectors, the same for every row.
    @usableFromInline package let start: UnsafePointer<Float>
    /// Added to the sums, laid out like c: a residual, or c itself with the sums so far.
    @usableFromInline package let addend: UnsafePointer<Float>?
    /// The factor for each row of the addend; nil means 1.
    @usableFromInline package let factors: UnsafePointer<Float>?
    @usableFromInline package let bounds: Bounds
    @usableFromInline package let c: UnsafeMutablePointer<Float>
    /// Elements from one row of c to the next.
    @usableFromInline package let stride: Int

    @inlinable package init(
        a: UnsafePointer<UnsafePointer<Float>>, offsets: UnsafePointer<Int>, segments: Int, depth: Int,
        b: UnsafePointer<Float>, step: Int, start: UnsafePointer<Float>, adding addend: UnsafePointer<Float>? = nil,
        times factors: UnsafePointer<Float>? = nil, bounds: Bounds = Bounds(), c: UnsafeMutablePointer<Float>,
        stride: Int
    ) {
        self.a = a
        self.offsets = offsets
        self.segments = segments
        self.depth = depth
        self.b = b
        self.step = step
        self.start = start
        self.addend = addend
        self.factors = factors
        self.bounds = bounds
        self.c = c
        self.stride = stride
    }
}

/// The bounds that the sums of a tile are clamped to in registers. NaN stays NaN. Infinite bounds clamp nothing.
@usableFromInline package struct Bounds: Sendable {
    @usableFromInline package let least: Float
    @usableFromInline package let most: Float

    @inlinable package init(least: Float = -.infinity, most: Float = .infinity) {
        self.least = least
        self.most = most
    }

    /// Whether they clamp anything.
    @inlinable @inline(__always) package var holds: Bool { least > -.infinity || most < .infinity }
}

extension Microkernels {
    /// One tile of 1 to `tileRows` rows.
    @inlinable @inline(never)
    package static func multiply(rows: Int, _ tile: ProductTile) { multiplyFew(rows: rows, tile) }

    /// One tile of 1 to 14 rows: as many as 32 registers hold.
    @inlinable @inline(__always)
    package static func multiplyMany(rows: Int, _ tile: ProductTile) {
        switch rows {
        case 7: multiply(tile, Count<7>())
        case 8: multiply(tile, Count<8>())
        case 9: multiply(tile, Count<9>())
        case 10: multiply(tile, Count<10>())
        case 11: multiply(tile, Count<11>())
        case 12: multiply(tile, Count<12>())
        case 13: multiply(tile, Count<13>())
        case 14: multiply(tile, Count<14>())
        default: multiplyFew(rows: rows, tile)
        }
    }

    /// One tile of 1 to 6 rows: as many as 16 registers hold.
    @inlinable @inline(__always)
    package static func multiplyFew(rows: Int, _ tile: ProductTile) {
        switch rows {
        case 1: multiply(tile, Count<1>())
        case 2: multiply(tile, Count<2>())
        case 3: multiply(tile, Count<3>())
        case 4: multiply(tile, Count<4>())
        case 5: multiply(tile, Count<5>())
        default: multiply(tile, Count<6>())
        }
    }

    /// One tile of a matrix product: `rows` rows by two vectors of columns, held in registers over the whole depth.
    ///
    /// c[r] = start + addend[r] factors[r] + the sum over segments s and depths i of a[r][offsets[s] + i] b[s][i],
    /// clamped to the bounds. A row takes two registers; a step takes two more, and one for the broadcast element. So
    /// 14 rows fit in the 32 registers of AVX-512, and 6 in the 16 of AVX2.
    @inlinable @inline(__always)
    package static func multiply<let rows: Int>(_ tile: ProductTile, _ count: Count<rows>) {
        let a = InlineArray<rows, UnsafePointer<Float>> { tile.a[planted(.productRow) && $0 == 5 ? 4 : $0] }
        var left = InlineArray<rows, V>(repeating: V(loading: tile.start))
        var right = InlineArray<rows, V>(repeating: V(loading: tile.start + V.lanes))
        var b = tile.b
        for segment in 0..<tile.segments {
            let offset = tile.offsets[segment]
            for i in offset..<(offset + tile.depth - slip(.productTerm)) {
                let (first, second) = (V(loading: b), V(loading: b + V.lanes))
                b += tile.step
                unrolled(rows) { r in
                    let factor = V(broadcasting: a[r][i])
                    left[r] = factor.multiplyAdd(first, left[r])
                    right[r] = factor.multiplyAdd(second, right[r])
                }
            }
        }
        let least = V(broadcasting: planted(.productLeast) ? -.infinity : tile.bounds.least)
        let most = V(broadcasting: planted(.productMost) ? .infinity : tile.bounds.most)
        let isBounded = tile.bounds.holds
        unrolled(rows) { r in
            let place = r * tile.stride
            if let addend = tile.addend, !planted(.productAddend) {
                let factor = V(broadcasting: tile.factors.map { $0[planted(.attentionFactor) ? 0 : r] } ?? 1)
                left[r] = V(loading: addend + place).multiplyAdd(factor, left[r])
                right[r] = V(loading: addend + place + V.lanes).multiplyAdd(factor, right[r])
            }
            if isBounded {
                left[r] = left[r].larger(least).smaller(most)
                right[r] = right[r].larger(least).smaller(most)
            }
            left[r].store(to: tile.c + place)
            right[r].store(to: tile.c + place + V.lanes)
        }
    }
}
