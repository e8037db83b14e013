import Vectors

/// The microkernels for what every processor of the architecture has: SSE2 (multiply, then add), or NEON.
package enum Baseline {
    /// `Vectors.fmaBurst`
    package static func fmaBurst(rounds: Int, factor: Float, addend: Float, state: UnsafeMutablePointer<Float>) {
        Vectors.fmaBurst(SIMD4<Float>.self, rounds: rounds, factor: factor, addend: addend, state: state)
    }

    /// `Vectors.readBurst`
    package static func readBurst(
        block: UnsafePointer<Float>, count: Int, passes: Int, result: UnsafeMutablePointer<Float>
    ) {
        Vectors.readBurst(SIMD4<Float>.self, block: block, count: count, passes: passes, result: result)
    }

    /// `Vectors.multiply`
    package static func multiply(rows: Int, _ tile: ProductTile) {
        Vectors.multiply(SIMD4<Float>.self, upToSix: rows, tile)
    }

    /// `Vectors.aggregate`
    package static func aggregate(_ rows: SparseRows) {
        Vectors.aggregate(SIMD4<Float>.self, rows)
    }

    /// `Vectors.slide`
    package static func slide(_ tile: SlidingTile) {
        Vectors.slide(SIMD4<Float>.self, upToSeven: tile)
    }
}
