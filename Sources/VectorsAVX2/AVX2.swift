import Vectors

/// The microkernels for x86-64-v3: 256-bit vectors with a fused multiply-add.
package enum AVX2 {
    /// `Vectors.fmaBurst`
    package static func fmaBurst(rounds: Int, factor: Float, addend: Float, state: UnsafeMutablePointer<Float>) {
        Vectors.fmaBurst(SIMD8<Float>.self, rounds: rounds, factor: factor, addend: addend, state: state)
    }

    /// `Vectors.readBurst`
    package static func readBurst(
        block: UnsafePointer<Float>, count: Int, passes: Int, result: UnsafeMutablePointer<Float>
    ) {
        Vectors.readBurst(SIMD8<Float>.self, block: block, count: count, passes: passes, result: result)
    }

    /// `Vectors.multiply`
    package static func multiply(rows: Int, _ tile: ProductTile) {
        Vectors.multiply(SIMD8<Float>.self, upToSix: rows, tile)
    }

    /// `Vectors.aggregate`
    package static func aggregate(_ rows: SparseRows) {
        Vectors.aggregate(SIMD8<Float>.self, rows)
    }

    /// `Vectors.slide`
    package static func slide(_ tile: SlidingTile) {
        Vectors.slide(SIMD8<Float>.self, upToSeven: tile)
    }
}
