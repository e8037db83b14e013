import Foundation
import Testing
import Vectors

extension Check {
    static let rows = [
        Check("softmax(rows:features:_:into:)") { kernels in
            for features in lengths(kernels.lanes) {
                let (x, y) = (draws(3 * features).map { 8 * $0 - 100 }, Floats(count: 3 * features))
                kernels.softmax(rows: 3, features: features, x, into: y.start)
                y.expect(
                    (0..<3).flatMap { softmax(x[($0 * features)..<(($0 + 1) * features)]) }, "\(features)")
            }
        },
        Check("normalise(_:)") { kernels in
            for features in lengths(kernels.lanes) {
                // Far from 0 and close to each other: a mean that is rounded leaves errors as large as the deviations.
                let x = Floats(
                    draws(3 * features).enumerated().map { place, value in value + Float(place / features * 1000) })
                let (weight, bias) = (Floats(draws(features, seed: 2)), Floats(draws(features, seed: 3)))
                for isCentred in [true, false] {
                    let y = Floats(count: x.count)
                    kernels.normalise(
                        NormRows(
                            count: 3, features: features, x: x.start, y: y.start, weight: weight.start,
                            bias: isCentred ? UnsafePointer(bias.start) : nil, epsilon: 1e-3))
                    var expected: [Double] = []
                    for row in 0..<3 {
                        let elements = (0..<features).map { Double(x[row * features + $0]) }
                        let mean = isCentred ? elements.reduce(0, +) / Double(features) : 0
                        let deviations = elements.map { $0 - mean }
                        let square = deviations.reduce(0) { $0 + $1 * $1 } / Double(features)
                        let scale = 1 / (square + 1e-3).squareRoot()
                        for i in 0..<features {
                            let shift = isCentred ? Double(bias[i]) : 0
                            expected.append(deviations[i] * scale * Double(weight[i]) + shift)
                        }
                    }
                    y.expect(expected, within: 5e-4, "\(features)")
                }
            }
        },
    ]

    static let attention = [
        Check("dotProducts(_:count:rows:number:into:)") { kernels in
            for count in stride(from: kernels.lanes, through: 9 * kernels.lanes, by: kernels.lanes) {
                let (x, rows, y) = (draws(count), draws(3 * count, seed: 2), Floats(count: 3))
                kernels.dotProducts(x, count: count, rows: rows, number: 3, into: y.start)
                y.expect((0..<3).map { row in dot(count, { x[$0] }, { rows[row * count + $0] }) }, "\(count)")
            }
        },
        Check("weightedSum(weights:rows:number:count:_:factor:)") { kernels in
            for count in stride(from: kernels.lanes, through: 14 * kernels.lanes, by: kernels.lanes) {
                let (weights, rows, before) = (draws(5), draws(5 * count, seed: 2), draws(count, seed: 3))
                let target = Floats(before)
                kernels.weightedSum(
                    weights: weights, rows: rows, number: 5, count: count, target.start, factor: 0.75)
                let expected = (0..<count).map { i in
                    0.75 * Double(before[i]) + dot(5, { weights[$0] }, { rows[$0 * count + i] })
                }
                target.expect(expected, "\(count)")
            }
        },
        Check("softmaxStep(_:)") { kernels in
            let lanes = kernels.lanes
            for (seen, depth) in [
                (1, 1), (lanes, lanes), (lanes - 1, 2 * lanes), (2 * lanes + 1, 3 * lanes),
            ] {
                let (count, stride) = (3, 4 * lanes)
                // The last row has seen nothing of what is new.
                let (mine, before) = ([seen, max(1, seen - 1), 0], draws(count, seed: 2))
                let (x, scores) = (draws(count * stride).map { 20 * $0 }, Floats(count: count * stride))
                scores.start.update(from: x, count: x.count)
                let (largest, total) = (Floats(before), Floats([0.5, 1, 2]))
                let factor = Floats([Float](repeating: 0, count: lanes))
                mine.withUnsafeBufferPointer { mine in
                    kernels.softmaxStep(
                        ScoreRows(
                            count: count, scores: scores.start, stride: stride, seen: mine.baseAddress!,
                            depth: depth,
                            largest: largest.start, total: total.start, factor: factor.start))
                }
                for row in 0..<count {
                    let new = x[(row * stride)..<(row * stride + mine[row])].map(Double.init)
                    let most = max(Double(before[row]), new.max() ?? -.infinity)
                    let powers = new.map { exp2($0 - most) }
                    let scale = exp2(Double(before[row]) - most)
                    Floats([largest.start[row], factor.start[row], total.start[row]]).expect(
                        [most, scale, [0.5, 1, 2][row] * scale + powers.reduce(0, +)], "\(seen) row \(row)")
                    let written = (0..<depth).map { scores.start[row * stride + $0] }
                    Floats(written).expect(
                        powers + [Double](repeating: 0, count: depth - powers.count), "\(seen) row \(row)")
                }
            }
        },
    ]

    /// Of one row.
    static func softmax(_ row: some Collection<Float>) -> [Double] {
        let most = row.map(Double.init).max() ?? 0
        let powers = row.map { exp(Double($0) - most) }
        return powers.map { $0 / powers.reduce(0, +) }
    }
}
