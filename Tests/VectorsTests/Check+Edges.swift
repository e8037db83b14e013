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
                let (x, e) = (
                    Floats(draws(sources * features)), Floats(draws(edgeCount * features, seed: 2).map { $0 + 2 })
                )
                for (message, value) in messages {
                    for reduction in [SparseRows.Reduction.sum, .mean, .maximum, .minimum] {
                        for hasNumbers in message == .copySource || message == .copyEdge ? [false] : [false, true] {
                            let y = Floats(count: destinations.count * features)
                            let step = hasNumbers ? 1 : features
                            kernels.aggregate(
                                SparseRows(
                                    message, reduction, pointers: pointers, indices: indices,
                                    u: SpacedRows(x.start, step: features, floats: x.count),
                                    e: SpacedRows(e.start, step: step, floats: edgeCount * step),
                                    hasNumbers: hasNumbers, features: features, y: y.start, step: features,
                                    rows: destinations.count,
                                    streams: reduction == .mean && features % kernels.lanes == 0))
                            var expected: [Double] = []
                            for edges in destinations {
                                for i in 0..<features {
                                    let messages = edges.map { edge -> Double in
                                        let element = Double(x[Int(indices[edge]) * features + i])
                                        return value(element, Double(e[edge * step + (hasNumbers ? 0 : i)]))
                                    }
                                    let sum = messages.reduce(0, +)
                                    switch reduction {
                                    case .sum: expected.append(sum)
                                    case .mean: expected.append(sum / Double(max(1, edges.count)))
                                    case .maximum: expected.append(messages.max() ?? 0)
                                    case .minimum: expected.append(messages.min() ?? 0)
                                    }
                                }
                            }
                            y.expect(expected, "\(message) \(reduction) \(features) \(hasNumbers)")
                        }
                    }
                }
            }
        },
        Check("combineEdges(_:)") { kernels in
            let sides = [EdgeTerms.Side.source, .destination, .edge]
            for features in lengths(kernels.lanes) {
                let (u, v, e) = (
                    Floats(draws(sources * features).map { $0 + 2 }),
                    Floats(draws(destinations.count * features, seed: 2).map { $0 + 2 }),
                    Floats(draws(edgeCount * features, seed: 3).map { $0 + 2 })
                )
                for (operation, value) in operations {
                    for (left, right) in sides.flatMap({ left in sides.map { (left, $0) } })
                    where (left == right) == (operation == .copy) {
                        for heads in operation == .dot && features % 3 == 0 ? [1, 3] : [1] {
                            let isDot = operation == .dot
                            let y = Floats(count: edgeCount * (isDot ? heads : features))
                            kernels.combineEdges(
                                EdgeTerms(
                                    operation, left, right, rows: destinations.count, pointers: pointers,
                                    indices: indices, features: features, heads: heads, u: u.start, sources: sources,
                                    v: v.start, e: e.start, y: y.start,
                                    streams: operation != .add && operation != .dot && features % kernels.lanes == 0))
                            var expected: [Double] = []
                            for (row, edges) in destinations.enumerated() {
                                for edge in edges {
                                    func element(_ side: EdgeTerms.Side, _ i: Int) -> Double {
                                        switch side {
                                        case .source: Double(u[Int(indices[edge]) * features + i])
                                        case .destination: Double(v[row * features + i])
                                        case .edge: Double(e[edge * features + i])
                                        }
                                    }
                                    let terms = (0..<features).map { value(element(left, $0), element(right, $0)) }
                                    let width = features / heads
                                    expected +=
                                        isDot
                                        ? (0..<heads).map { terms[$0 * width..<($0 + 1) * width].reduce(0, +) } : terms
                                }
                            }
                            y.expect(expected, "\(left) \(operation) \(right) \(features) \(heads)")
                        }
                    }
                }
            }
        },
        Check("attendEdges(_:)") { kernels in
            for (heads, width) in [(1, 1), (8, 8), (8, 16), (3, 5), (4, 4), (16, 3), (1, 40), (2, 136)] {
                let (u, v, x) = (
                    Floats(draws(sources * heads)), Floats(draws(destinations.count * heads, seed: 2)),
                    Floats(draws(sources * heads * width, seed: 3))
                )
                let y = Floats(count: destinations.count * heads * width)
                let scores = Floats(count: 2 * edgeCount * heads)
                kernels.attendEdges(
                    EdgeAttention(
                        rows: destinations.count, pointers: pointers, indices: indices, heads: heads, width: width,
                        slope: 0.25, u: u.start, v: v.start, x: x.start, y: y.start, scores: scores.start,
                        capacity: edgeCount * heads, block: 4 * heads))
                var expected: [Double] = []
                for (row, edges) in destinations.enumerated() {
                    for head in 0..<heads {
                        let weights = softmax(
                            edges.map { edge in
                                let sum = u[Int(indices[edge]) * heads + head] + v[row * heads + head]
                                return sum < 0 ? sum * 0.25 : sum
                            })
                        for i in 0..<width {
                            let terms = zip(edges, weights).map { edge, weight in
                                weight * Double(x[(Int(indices[edge]) * heads + head) * width + i])
                            }
                            expected.append(terms.reduce(0, +))
                        }
                    }
                }
                y.expect(expected, "\(heads) heads of \(width)")
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

    private static let messages: [(SparseRows.Message, @Sendable (Double, Double) -> Double)] = [
        (.copySource, { u, _ in u }), (.copyEdge, { _, e in e }), (.add, { $0 + $1 }), (.subtract, { $0 - $1 }),
        (.multiply, { $0 * $1 }), (.divide, { $0 / $1 }),
    ]

    private static let operations: [(EdgeTerms.Operation, @Sendable (Double, Double) -> Double)] = [
        (.add, { $0 + $1 }), (.subtract, { $0 - $1 }), (.multiply, { $0 * $1 }), (.divide, { $0 / $1 }),
        (.dot, { $0 * $1 }), (.copy, { a, _ in a }),
    ]
}
