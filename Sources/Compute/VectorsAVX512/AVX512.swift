import Vectors

/// The microkernels for x86-64-v4: 512-bit vectors with a fused multiply-add.
package enum AVX512: Microkernels {
    package typealias V = SIMD16<Float>

    // Its 32 registers hold larger tiles.
    package static func multiply(rows: Int, _ tile: ProductTile) { multiplyMany(rows: rows, tile) }
    package static func slide(_ tile: SlidingTile) { slideFar(tile) }
}
