import Testing
import Vectors

extension Check {
    /// A graph of six destinations: one without edges, one with many, some with one.
    private static let destinations = [0..<1, 1..<1, 1..<4, 4..<44, 44..<46, 46..<47]
    private static let (sources, edgeCount) = (9, 47)
    nonisolated(unsafe) private static let pointers = constant(
        [0] + destinations.map { Int32($0.upperBound) })
    nonisolated(unsafe) private static let indices = constant(
        (0..<edgeCount).map { Int32($0 * 5 % sources) })

    private static func constant(_ values: [Int32]) -> UnsafePointer<Int32> {
        let target = UnsafeMutablePointer<Int32>.allocate(capacity: values.count)
        target.initialize(from: values, count: values.count)
        return UnsafePointer(target)
    }

    static let edges = [
        Check("aggregate(_:)") { kernels in
            for features in lengths(kernels.lanes) + [17 * kernels.lanes + 1] {
                let (x, weights) = (Floats(draws(sources * features)), Floats(draws(edgeCount, seed: 2)))
                for reduction in [SparseRows.Reduction.sum, .mean, .maximum] {
                    for isWeighted in [false, true] {
                        let y = Floats(count: destinations.count * features)
                        kernels.aggregate(
                            SparseRows(
                                reduction, pointers: pointers, indices: indices,
                                weights: isWeighted ? UnsafePointer(weights.start) : nil, x: x.start,
                                sources: sources,
                                features: features, y: y.start, rows: destinations.count))
                        var expected: [Double] = []
                        for edges in destinations {
                            for i in 0..<features {
                                let messages = edges.map { edge -> Double in
                                    let element = Double(x[Int(indices[edge]) * features + i])
                                    return isWeighted ? element * Double(weights[edge]) : element
                                }
                                let sum = messages.reduce(0, +)
                                switch reduction {
                                case .sum: expected.append(sum)
                                case .mean: expected.append(sum / Double(max(1, edges.count)))
                                case .maximum: expected.append(messages.max() ?? 0)
                                }
                            }
                        }
                        y.expect(expected, "\(reduction) \(features)")
                    }
                }
            }
        },
        Check("dotEdges(_:)") { kernels in
            for features in lengths(kernels.lanes) {
                let (u, v) = (
                    Floats(draws(sources * features)), Floats(draws(destinations.count * features, seed: 2))
                )
                let y = Floats(count: edgeCount)
                kernels.dotEdges(pairs(features, u, v, y))
                var expected: [Double] = []
                for (row, edges) in destinations.enumerated() {
                    for edge in edges {
                        let source = Int(indices[edge]) * features
                        expected.append(dot(features, { u[source + $0] }, { v[row * features + $0] }))
                    }
                }
                y.expect(expected, "\(features)")
            }
        },
        Check("addEdges(_:)") { kernels in
            for features in lengths(kernels.lanes) {
                let (u, v) = (
                    Floats(draws(sources * features)), Floats(draws(destinations.count * features, seed: 2))
                )
                let y = Floats(count: edgeCount * features)
                kernels.addEdges(pairs(features, u, v, y))
                var expected: [Double] = []
                for (row, edges) in destinations.enumerated() {
                    for edge in edges {
                        let source = Int(indices[edge]) * features
                        expected += (0..<features).map { Double(u[source + $0]) + Double(v[row * features + $0]) }
                    }
                }
                y.expect(expected, "\(features)")
            }
        },
        Check("softmaxEdges(_:)") { kernels in
            for heads in [1, 2, 3, 4, 7, 8, 12, 16, 32] {
                let (x, y) = (
                    Floats(draws(edgeCount * heads).map { 8 * $0 }), Floats(count: edgeCount * heads)
                )
                kernels.softmaxEdges(
                    EdgeScores(
                        rows: destinations.count, pointers: pointers, heads: heads, x: x.start, y: y.start))
                var expected = [Double](repeating: 0, count: x.count)
                for edges in destinations {
                    for head in 0..<heads {
                        let places = edges.map { $0 * heads + head }
                        for (place, value) in zip(places, softmax(places.map { x[$0] })) {
                            expected[place] = value
                        }
                    }
                }
                y.expect(expected, "\(heads)")
            }
        },
    ]

    private static func pairs(_ features: Int, _ u: Floats, _ v: Floats, _ y: Floats) -> EdgePairs {
        EdgePairs(
            rows: destinations.count, pointers: pointers, indices: indices, features: features,
            u: u.start,
            sources: sources, v: v.start, y: y.start)
    }
}
