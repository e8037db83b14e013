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
        Vectors.slide(SIMD4<Float>.self, ofSeven: tile)
    }

    /// `Vectors.softmaxStep`
    package static func softmaxStep(_ rows: ScoreRows) { Vectors.softmaxStep(SIMD4<Float>.self, rows) }

    /// `Vectors.scale`
    package static func scale(
        count: Int, source: UnsafePointer<Float>, factor: Float, target: UnsafeMutablePointer<Float>
    ) {
        Vectors.scale(SIMD4<Float>.self, count: count, source, factor: factor, into: target)
    }

    /// `Vectors.dotProducts`
    package static func dotProducts(
        x: UnsafePointer<Float>, count: Int, rows: UnsafePointer<Float>, number: Int,
        target: UnsafeMutablePointer<Float>
    ) {
        Vectors.dotProducts(SIMD4<Float>.self, x, count: count, rows: rows, number: number, into: target)
    }

    /// `Vectors.weightedSum`
    package static func weightedSum(
        weights: UnsafePointer<Float>, rows: UnsafePointer<Float>, number: Int, count: Int,
        target: UnsafeMutablePointer<Float>, factor: Float
    ) {
        Vectors.weightedSum(
            SIMD4<Float>.self, weights: weights, rows: rows, number: number, count: count, target, factor: factor)
    }

    /// `Vectors.apply`
    package static func apply(
        _ function: ElementFunction, count: Int, source: UnsafePointer<Float>, target: UnsafeMutablePointer<Float>
    ) {
        Vectors.apply(SIMD4<Float>.self, function, count: count, source, into: target)
    }

    /// `Vectors.normalise` of rows
    package static func normaliseRows(_ rows: NormRows) { Vectors.normalise(SIMD4<Float>.self, rows) }

    /// `Vectors.softmax`
    package static func softmaxRows(
        rows: Int, features: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
    ) {
        Vectors.softmax(SIMD4<Float>.self, rows: rows, features: features, x, into: y)
    }

    /// `Vectors.moments`
    package static func moments(_ columns: PixelColumns) { Vectors.moments(SIMD4<Float>.self, columns) }

    /// `Vectors.normalise` of columns
    package static func normaliseColumns(
        _ columns: PixelColumns, shift: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
    ) {
        Vectors.normalise(SIMD4<Float>.self, columns, shift: shift, into: y)
    }

    /// `Vectors.pool`
    package static func pool(_ row: PoolRow) { Vectors.pool(SIMD4<Float>.self, row) }

    /// `Vectors.add`
    package static func add(
        count: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
    ) {
        Vectors.add(SIMD4<Float>.self, count: count, a, b, into: y)
    }

    /// `Vectors.dotEdges`
    package static func dotEdges(_ edges: EdgePairs) { Vectors.dotEdges(SIMD4<Float>.self, edges) }

    /// `Vectors.addEdges`
    package static func addEdges(_ edges: EdgePairs) { Vectors.addEdges(SIMD4<Float>.self, edges) }

    /// `Vectors.softmaxEdges`
    package static func softmaxEdges(_ edges: EdgeScores) { Vectors.softmaxEdges(SIMD4<Float>.self, edges) }
    /// `Vectors.winogradInput`
    package static func winogradInput(
        _ tile: WinogradTile, pixels: UnsafePointer<Float>, products: UnsafeMutablePointer<Float>
    ) {
        Vectors.winogradInput(SIMD4<Float>.self, tile, pixels, into: products)
    }

    /// `Vectors.winogradOutput`
    package static func winogradOutput(
        _ tile: WinogradTile, products: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        residual: UnsafePointer<Float>?, bounds: Bounds, pixels: UnsafeMutablePointer<Float>
    ) {
        Vectors.winogradOutput(
            SIMD4<Float>.self, tile, products, bias: bias, residual: residual, bounds: bounds, into: pixels)
    }
}
