import Vectors

/// The microkernels for x86-64-v4: 512-bit vectors with a fused multiply-add.
package enum AVX512 {
    /// `Vectors.fmaBurst`
    package static func fmaBurst(rounds: Int, factor: Float, addend: Float, state: UnsafeMutablePointer<Float>) {
        Vectors.fmaBurst(SIMD16<Float>.self, rounds: rounds, factor: factor, addend: addend, state: state)
    }

    /// `Vectors.readBurst`
    package static func readBurst(
        block: UnsafePointer<Float>, count: Int, passes: Int, result: UnsafeMutablePointer<Float>
    ) {
        Vectors.readBurst(SIMD16<Float>.self, block: block, count: count, passes: passes, result: result)
    }

    /// `Vectors.multiply`
    package static func multiply(rows: Int, _ tile: ProductTile) {
        Vectors.multiply(SIMD16<Float>.self, upToFourteen: rows, tile)
    }

    /// `Vectors.aggregate`
    package static func aggregate(_ rows: SparseRows) {
        Vectors.aggregate(SIMD16<Float>.self, rows)
    }

    /// `Vectors.slide`
    package static func slide(_ tile: SlidingTile) {
        Vectors.slide(SIMD16<Float>.self, ofSevenOrFourteen: tile)
    }

    /// `Vectors.softmaxStep`
    package static func softmaxStep(_ rows: ScoreRows) { Vectors.softmaxStep(SIMD16<Float>.self, rows) }

    /// `Vectors.scale`
    package static func scale(
        count: Int, source: UnsafePointer<Float>, factor: Float, target: UnsafeMutablePointer<Float>
    ) {
        Vectors.scale(SIMD16<Float>.self, count: count, source, factor: factor, into: target)
    }

    /// `Vectors.dotProducts`
    package static func dotProducts(
        x: UnsafePointer<Float>, count: Int, rows: UnsafePointer<Float>, number: Int,
        target: UnsafeMutablePointer<Float>
    ) {
        Vectors.dotProducts(SIMD16<Float>.self, x, count: count, rows: rows, number: number, into: target)
    }

    /// `Vectors.weightedSum`
    package static func weightedSum(
        weights: UnsafePointer<Float>, rows: UnsafePointer<Float>, number: Int, count: Int,
        target: UnsafeMutablePointer<Float>, factor: Float
    ) {
        Vectors.weightedSum(
            SIMD16<Float>.self, weights: weights, rows: rows, number: number, count: count, target, factor: factor)
    }

    /// `Vectors.apply`
    package static func apply(
        _ function: ElementFunction, count: Int, source: UnsafePointer<Float>, target: UnsafeMutablePointer<Float>
    ) {
        Vectors.apply(SIMD16<Float>.self, function, count: count, source, into: target)
    }

    /// `Vectors.normalise` of rows
    package static func normaliseRows(_ rows: NormRows) { Vectors.normalise(SIMD16<Float>.self, rows) }

    /// `Vectors.softmax`
    package static func softmaxRows(
        rows: Int, features: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
    ) {
        Vectors.softmax(SIMD16<Float>.self, rows: rows, features: features, x, into: y)
    }

    /// `Vectors.moments`
    package static func moments(_ columns: PixelColumns) { Vectors.moments(SIMD16<Float>.self, columns) }

    /// `Vectors.normalise` of columns
    package static func normaliseColumns(
        _ columns: PixelColumns, shift: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
    ) {
        Vectors.normalise(SIMD16<Float>.self, columns, shift: shift, into: y)
    }

    /// `Vectors.pool`
    package static func pool(_ row: PoolRow) { Vectors.pool(SIMD16<Float>.self, row) }

    /// `Vectors.add`
    package static func add(
        count: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
    ) {
        Vectors.add(SIMD16<Float>.self, count: count, a, b, into: y)
    }

    /// `Vectors.dotEdges`
    package static func dotEdges(_ edges: EdgePairs) { Vectors.dotEdges(SIMD16<Float>.self, edges) }

    /// `Vectors.addEdges`
    package static func addEdges(_ edges: EdgePairs) { Vectors.addEdges(SIMD16<Float>.self, edges) }

    /// `Vectors.softmaxEdges`
    package static func softmaxEdges(_ edges: EdgeScores) { Vectors.softmaxEdges(SIMD16<Float>.self, edges) }
    /// `Vectors.winogradInput`
    package static func winogradInput(
        _ tile: WinogradTile, pixels: UnsafePointer<Float>, products: UnsafeMutablePointer<Float>
    ) {
        Vectors.winogradInput(SIMD16<Float>.self, tile, pixels, into: products)
    }

    /// `Vectors.winogradOutput`
    package static func winogradOutput(
        _ tile: WinogradTile, products: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        residual: UnsafePointer<Float>?, bounds: Bounds, pixels: UnsafeMutablePointer<Float>
    ) {
        Vectors.winogradOutput(
            SIMD16<Float>.self, tile, products, bias: bias, residual: residual, bounds: bounds, into: pixels)
    }
}
