import Testing
import Vectors

extension Check {
    static let products = [
        Check("multiply(rows:_:)") { kernels in
            let width = 2 * kernels.lanes
            for rows in 1...kernels.tileRows {
                for (segments, depth) in [(1, 1), (1, 19), (3, 4)] {
                    multiply(kernels, rows: rows, segments: segments, depth: depth, width: width)
                }
            }
        }
    ]

    /// A tile as every caller asks for it: plain; on top of a residual; on top of itself, scaled and held between bounds.
    private static func multiply(
        _ kernels: any Microkernels.Type, rows: Int, segments: Int, depth: Int, width: Int
    ) {
        let (line, stride, gap) = (segments * (depth + 2), width + 3, width + 1)
        let (a, b) = (Floats(draws(rows * line)), Floats(draws(segments * depth * gap, seed: 2)))
        let (start, before) = (Floats(draws(width, seed: 3)), draws(rows * stride, seed: 4))
        let factors = Floats(draws(rows, seed: 5))
        let offsets = (0..<segments).map { $0 * (depth + 2) }
        for (isAdding, isScaled, bounds) in [
            (false, false, Bounds()), (true, false, Bounds(least: 0)),
            (true, true, Bounds(least: -0.5, most: 0.5)),
        ] {
            let c = Floats(before)
            withExtendedLifetime((a, b)) {
                let pointers = (0..<rows).map { UnsafePointer(a.start + $0 * line) }
                pointers.withUnsafeBufferPointer { pointers in
                    offsets.withUnsafeBufferPointer { offsets in
                        kernels.multiply(
                            rows: rows,
                            ProductTile(
                                a: pointers.baseAddress!, offsets: offsets.baseAddress!, segments: segments,
                                depth: depth, b: b.start, step: gap, start: start.start,
                                adding: isAdding ? UnsafePointer(c.start) : nil,
                                times: isScaled ? UnsafePointer(factors.start) : nil, bounds: bounds, c: c.start,
                                stride: stride))
                    }
                }
            }
            let expected = before.indices.map { place in
                let (row, column) = place.quotientAndRemainder(dividingBy: stride)
                guard column < width else { return Double(before[place]) }
                var sum = Double(start[column])
                if isAdding { sum += Double(before[place]) * (isScaled ? Double(factors[row]) : 1) }
                for segment in 0..<segments {
                    let (row, column) = (row * line + offsets[segment], segment * depth * gap + column)
                    sum += dot(depth, { a[row + $0] }, { b[column + $0 * gap] })
                }
                return min(Double(bounds.most), max(Double(bounds.least), sum))
            }
            c.expect(expected, "\(rows) rows, \(segments) of \(depth)")
        }
    }

    static let winograd = [
        Check("winogradInput(_:_:into:)") { kernels in
            for channels in lengths(kernels.lanes, from: kernels.lanes) {
                let (pixelStep, placeStep) = (channels + 1, channels + 2)
                let rowStep = 6 * pixelStep + 3
                let pixels = draws(6 * rowStep)
                let products = Floats([Float](repeating: 7, count: 36 * placeStep))
                kernels.winogradInput(
                    WinogradTile(
                        rowStep: rowStep, pixelStep: pixelStep, placeStep: placeStep, channels: channels),
                    pixels, into: products.start)
                // Along an axis: at each point the product of (x - q) over all others, at infinity over all.
                let rows = (0..<6).map { p in
                    points.indices.filter { $0 != p }.reduce([1]) { multiplied($0, byRoot: points[$1]) }
                }
                products.expect(
                    (0..<36 * placeStep).map { at in
                        let (place, channel) = at.quotientAndRemainder(dividingBy: placeStep)
                        guard channel < channels else { return 7 }
                        return transformed(by: (rows[place / 6], rows[place % 6])) {
                            Double(pixels[$0 * rowStep + $1 * pixelStep + channel])
                        }
                    }, "\(channels)")
            }
        },
        Check("winogradOutput(_:_:bias:residual:bounds:into:)") { kernels in
            for channels in lengths(kernels.lanes, from: kernels.lanes) {
                let (pixelStep, placeStep) = (channels + 1, channels + 2)
                let rowStep = 4 * pixelStep + 3
                let (products, bias) = (draws(36 * placeStep), draws(channels, seed: 2))
                let residual = Floats(draws(4 * rowStep, seed: 3))
                for (isAdding, bounds) in [(false, Bounds()), (true, Bounds(least: -1, most: 1))] {
                    let pixels = Floats([Float](repeating: 7, count: 4 * rowStep))
                    kernels.winogradOutput(
                        WinogradTile(
                            rowStep: rowStep, pixelStep: pixelStep, placeStep: placeStep, channels: channels),
                        products, bias: bias, residual: isAdding ? UnsafePointer(residual.start) : nil,
                        bounds: bounds,
                        into: pixels.start)
                    // Along an axis: the powers of the points, and infinity for the last.
                    let rows = (0..<4).map { power -> [Double] in
                        let powers = points.map { point in (0..<power).reduce(1.0) { product, _ in product * point } }
                        return powers + [power == 3 ? 1 : 0]
                    }
                    pixels.expect(
                        (0..<4 * rowStep).map { at in
                            let (y, x, channel) = (
                                at / rowStep, at % rowStep / pixelStep, at % rowStep % pixelStep
                            )
                            guard x < 4, channel < channels else { return 7 }
                            let sum = transformed(by: (rows[y], rows[x])) {
                                Double(products[($0 * 6 + $1) * placeStep + channel])
                            }
                            let whole = sum + Double(bias[channel]) + (isAdding ? Double(residual[at]) : 0)
                            return min(Double(bounds.most), max(Double(bounds.least), whole))
                        }, within: 1e-4, "\(channels)")
                }
            }
        },
    ]

    /// The coefficients of a polynomial times (x - root), the lowest first.
    private static func multiplied(_ polynomial: [Double], byRoot root: Double) -> [Double] {
        let (higher, lower) = ([0] + polynomial, polynomial.map { -root * $0 } + [0])
        return zip(higher, lower).map { $0 + $1 }
    }

    /// Where the polynomials are taken.
    private static let points = [0, 2.0 / 3, -2.0 / 3, 1.5, -1.5]

    /// The sum over y and x of row y times column x times an element.
    private static func transformed(
        by rows: (y: [Double], x: [Double]), _ element: (Int, Int) -> Double
    ) -> Double {
        rows.y.indices.reduce(0) { sum, y in
            rows.x.indices.reduce(sum) { $0 + rows.y[y] * rows.x[$1] * element(y, $1) }
        }
    }
}
