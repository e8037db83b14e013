/// A tile of pixels before, or after, a Winograd transform, and its products.
@usableFromInline package struct WinogradTile {
    /// Elements from one row of pixels to the next, and from one pixel to the next.
    @usableFromInline package let rowStep: Int
    @usableFromInline package let pixelStep: Int
    /// Elements from the products at one of the six by six places to those at the next.
    @usableFromInline package let placeStep: Int
    /// The number of channels, at least a vector.
    @usableFromInline package let channels: Int

    @inlinable package init(rowStep: Int, pixelStep: Int, placeStep: Int, channels: Int) {
        self.rowStep = rowStep
        self.pixelStep = pixelStep
        self.placeStep = placeStep
        self.channels = channels
    }
}

extension Microkernels {
    /// Transforms six by six pixels, one vector of channels at a time. The last vector overlaps the one before.
    @inlinable @inline(never)
    package static func winogradInput(
        _ tile: WinogradTile, _ pixels: UnsafePointer<Float>, into products: UnsafeMutablePointer<Float>
    ) {
        var half = InlineArray<36, V>(repeating: .zero)
        var next = 0
        while next < tile.channels {
            let channel = min(next, tile.channels - V.lanes)
            next += V.lanes
            for y in 0..<6 {
                let line = pixels + (y * tile.rowStep + channel)
                @inline(__always) func pixel(_ x: Int) -> V { V(loading: line + x * tile.pixelStep) }
                let row = WinogradTransform.input(pixel(0), pixel(1), pixel(2), pixel(3), pixel(4), pixel(5))
                half[6 * y] = row.0
                half[6 * y + 1] = row.1
                half[6 * y + 2] = row.2
                half[6 * y + 3] = row.3
                half[6 * y + 4] = row.4
                half[6 * y + 5] = row.5
            }
            for x in 0..<6 {
                let column = WinogradTransform.input(
                    half[x], half[6 + x], half[12 + x], half[18 + x], half[24 + x], half[30 + x])
                let target = products + (x * tile.placeStep + channel)
                column.0.store(to: target)
                column.1.store(to: target + 6 * tile.placeStep)
                column.2.store(to: target + 12 * tile.placeStep)
                column.3.store(to: target + 18 * tile.placeStep)
                column.4.store(to: target + 24 * tile.placeStep)
                column.5.store(to: target + 30 * tile.placeStep)
            }
        }
    }

    /// Transforms 6x6 products to 4x4 pixels, one vector of channels at a time; the last vector overlaps the one
    /// before. Adds the bias and the residual, which is laid out like the pixels, and clamps to the bounds.
    @inlinable @inline(never)
    package static func winogradOutput(
        _ tile: WinogradTile, _ products: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        residual: UnsafePointer<Float>?, bounds: Bounds, into pixels: UnsafeMutablePointer<Float>
    ) {
        let (least, most) = (V(broadcasting: bounds.least), V(broadcasting: bounds.most))
        var half = InlineArray<24, V>(repeating: .zero)
        var next = 0
        while next < tile.channels {
            let channel = min(next, tile.channels - V.lanes)
            next += V.lanes
            for x in 0..<6 {
                let source = products + (x * tile.placeStep + channel)
                @inline(__always) func product(_ y: Int) -> V { V(loading: source + 6 * y * tile.placeStep) }
                let column = WinogradTransform.output(
                    product(0), product(1), product(2), product(3), product(4), product(5))
                half[x] = column.0
                half[6 + x] = column.1
                half[12 + x] = column.2
                half[18 + x] = column.3
            }
            let start = V(loading: bias + channel)
            for y in 0..<4 {
                let row = WinogradTransform.output(
                    half[6 * y], half[6 * y + 1], half[6 * y + 2], half[6 * y + 3], half[6 * y + 4], half[6 * y + 5])
                let line = y * tile.rowStep + channel
                @inline(__always) func end(_ x: Int, _ value: V) {
                    let place = line + x * tile.pixelStep
                    var sum = value.adding(start)
                    if let residual { sum = sum.adding(V(loading: residual + place)) }
                    sum.larger(least).smaller(most).store(to: pixels + place)
                }
                end(0, row.0)
                end(1, row.1)
                end(2, row.2)
                end(3, row.3)
            }
        }
    }
}
