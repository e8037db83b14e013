import Testing
import Vectors

extension Check {
    static let pointClouds = [
        Check("squaredDistances(_:)") { kernels in
            for (dimensions, stride) in clouds {
                for count in [1, 3, 4, 5, 9] {
                    let columns = Floats(draws(dimensions * stride))
                    let centres = Floats(draws(count * dimensions, seed: 2))
                    let y = Floats(count: count * stride)
                    kernels.squaredDistances(
                        PointDistances(
                            columns: columns.start, stride: stride, dimensions: dimensions, centres: centres.start,
                            count: count, y: y.start))
                    y.expect(
                        (0..<y.count).map { place in
                            distance(place % stride, columns, stride, centres, place / stride, dimensions)
                        }, "\(dimensions) \(stride) \(count)")
                }
            }
        },
        Check("lowerDistances(_:)") { kernels in
            for (dimensions, stride) in clouds {
                let columns = Floats(draws(dimensions * stride))
                columns.start[stride - 1] = .infinity
                columns.start[stride - 2] = .nan
                let centre = Floats(draws(dimensions, seed: 2))
                let before = draws(stride, seed: 3).map { 1.5 + $0 }
                let y = Floats(before)
                let greatest = kernels.lowerDistances(
                    PointDistances(
                        columns: columns.start, stride: stride, dimensions: dimensions, centres: centre.start,
                        count: 1, y: y.start))
                y.expect(
                    (0..<stride).map { place in
                        let other = distance(place, columns, stride, centre, 0, dimensions)
                        return other < Double(before[place]) ? other : Double(before[place])
                    }, "\(dimensions) \(stride)")
                #expect(greatest == y.values.max(), "\(dimensions) \(stride)")
            }
        },
        Check("rankBound(_:of:count:least:)") { kernels in
            for count in lengths(kernels.lanes) + [40 * kernels.lanes, 1000] {
                for rank in [1, 2, 7, 20, count / 2, count] where (1...count).contains(rank) {
                    let row = row(draws(count).map { $0 + 1 }, kernels.lanes)
                    let least = Floats(count: row.count)
                    let bound = kernels.rankBound(rank, of: row.start, count: count, least: least.start)
                    let under = (0..<count).count { row[$0] <= bound }
                    #expect(under >= rank, "\(rank) of \(count)")
                    // A bound that is far too high is right, but no help.
                    #expect(under <= 6 * rank + 8 || 4 * rank > count, "\(rank) of \(count): \(under)")
                }
            }
            // No more than two numbers are finite.
            for values in [[.infinity, 1, .nan, 2, .infinity], [Float](repeating: .nan, count: 40)] {
                let row = row(values, kernels.lanes)
                let least = Floats(count: row.count)
                #expect(kernels.rankBound(3, of: row.start, count: values.count, least: least.start) == .infinity)
            }
        },
        Check("places(of:count:least:most:into:)") { kernels in
            for count in lengths(kernels.lanes, from: 0) {
                var values = draws(count)
                if count > 2 { values[count / 2] = .nan }
                let row = row(values, kernels.lanes)
                for (least, most) in [
                    (-Float.infinity, Float(0.25)), (-0.25, .infinity), (-0.5, 0.5), (2, 3), (-.infinity, .infinity),
                ] {
                    var places = [Int32](repeating: -7, count: count + 3)
                    let found = kernels.places(
                        of: row.start, count: count, least: least, most: most, into: &places)
                    let expected = (0..<count).filter { !(values[$0] < least) && !(values[$0] > most) }
                    #expect(places[..<found].map(Int.init) == expected, "\(count) \(least) \(most)")
                    #expect(places[(found + 2)...].allSatisfy { $0 == -7 }, "\(count): beside")
                }
            }
        },
        Check("ranks(of:count:into:)") { kernels in
            for count in lengths(kernels.lanes, from: 0) {
                // Some are equal.
                let values = draws(count).map { ($0 * 10).rounded() }
                let row = row(values, kernels.lanes)
                var ranks = [Int32](repeating: -7, count: count + 1)
                kernels.ranks(of: row.start, count: count, into: &ranks)
                #expect(ranks.dropLast().map(Int.init) == values.map { x in values.count { $0 < x } }, "\(count)")
                #expect(ranks[count] == -7, "\(count): beside")
            }
        },
    ]

    /// Coordinates and places of a column.
    private static let clouds = [(1, 32), (2, 96), (3, 64), (17, 32), (64, 128)]

    private static func distance(
        _ point: Int, _ columns: Floats, _ stride: Int, _ centres: Floats, _ centre: Int, _ dimensions: Int
    ) -> Double {
        (0..<dimensions).reduce(0) { sum, c in
            let difference = Double(columns[c * stride + point]) - Double(centres[centre * dimensions + c])
            return sum + difference * difference
        }
    }

    /// Numbers, then infinities up to a whole vector.
    private static func row(_ values: [Float], _ lanes: Int) -> Floats {
        Floats(values + [Float](repeating: .infinity, count: (lanes - values.count % lanes) % lanes))
    }
}
