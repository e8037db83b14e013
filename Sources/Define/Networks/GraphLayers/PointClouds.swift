import Foundation
import Kernels
import Tensors
import Workloads

/// How many points each cloud of a batch has.
struct CloudSizes {
    let counts: [Int]

    var total: Int { counts.reduce(0, +) }

    /// The parameters of the clouds of a model.
    static let parameters: [Parameter] = [
        Parameter(
            "points", .counts, .value(.counts([1024])), "points of each cloud, or of one after the other as in 24+19"),
        Parameter(
            "clouds", .int(1...1 << 20),
            .derived("as many as there are numbers of points") { .int($0.counts("points").count) }, "clouds of a batch"),
    ]

    /// Reads the arguments of `parameters`.
    init(_ arguments: Arguments) throws(ShapeError) {
        let (points, clouds) = (arguments.counts("points"), arguments.int("clouds"))
        guard points.count == 1 || points.count == clouds else {
            throw ShapeError(
                "\(points.count) numbers of points for \(clouds) clouds", parameter: "clouds",
                remedy: "leave out 'clouds', or give one number of points for all")
        }
        counts = points.count == 1 ? Array(repeating: points[0], count: clouds) : points
        _ = try product(total, 4)
    }

    private init(counts: [Int]) { self.counts = counts }

    /// What farthest point sampling leaves of them.
    func sampled(_ ratio: Double) -> CloudSizes {
        CloudSizes(counts: counts.map { max(1, Int((Float(ratio) * Float($0)).rounded(.up))) })
    }

    /// The parameters of kernels on such clouds.
    func given(dimensions: Int) -> [(String, any CustomStringConvertible)] {
        let isEven = counts.allSatisfy { $0 == counts[0] }
        let points = isEven ? "\(counts[0])" : counts.map(String.init).joined(separator: "+")
        return [("points", points), ("clouds", counts.count), ("d", dimensions)]
    }
}

extension Kind {
    /// A model on clouds of points.
    /// - Parameter build: writes its layers from the inputs to the outputs.
    static func pointModel(
        _ name: String, _ summary: String, _ own: [Parameter], example: String,
        build: @escaping @Sendable (GraphBuilder, Arguments, CloudSizes) throws(ShapeError) -> Void
    ) -> Kind {
        let schema = Schema(
            name, summary, CloudSizes.parameters + own + [Schema.without, Schema.layerChoices], example: example)
        return .model(schema) { (net, arguments) throws(ShapeError) in
            try build(net, arguments, try CloudSizes(arguments))
        }
    }
}

extension GraphBuilder {
    /// The positions of the points as an input of the model.
    func positions(_ clouds: CloudSizes, dimensions: Int = 3) throws(ShapeError) -> FeatureMap {
        try input("pos", [clouds.total, dimensions], layout: "ND")
    }

    /// The numbers of the points that farthest point sampling takes.
    func farthest(_ positions: FeatureMap, _ clouds: CloudSizes, ratio: Double) throws(ShapeError) -> FeatureMap {
        try layer(
            "fps", FarthestPoints.kind, clouds.given(dimensions: positions.channels) + [("ratio", ratio)],
            inputs: ["pos": positions])
    }

    /// Some rows by their numbers.
    func rows(_ x: FeatureMap, _ index: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer(
            "gather", Gather.kind, [("rows", x.count / x.channels), ("count", index.count), ("f", x.channels)],
            inputs: ["x": x, "index": index])
    }

    /// The graph from points to those that they are near to, each its own neighbour unless there are to be only others. A node has room for `most` edges; behind the
    /// edges that there are, the rows of edges are zeros.
    ///
    /// - Parameter samples: the numbers of the points that have neighbours, with the ratio by which they were sampled; nil for all.
    func ball(
        _ positions: FeatureMap, _ clouds: CloudSizes, radius: Double, most: Int,
        samples: (index: FeatureMap, ratio: Double)? = nil, onlyOthers: Bool = false
    ) throws(ShapeError) -> MessageGraph {
        let maps = try outputs(
            of: "ball_query", BallQuery.kind,
            clouds.given(dimensions: positions.channels) + [
                ("r", radius), ("most", most), ("ratio", samples?.ratio ?? 1), ("others", onlyOthers),
            ], inputs: ["pos": positions].merging(samples.map { ["index": $0.index] } ?? [:]) { $1 })
        return .sized(
            "uniform", rows: maps[0].map.count - 1, columns: clouds.total, edges: maps[1].map.count,
            pointers: maps[0].map, indices: maps[1].map)
    }

    /// The graph of the nearest neighbours of every point, itself first; of every `dilation`-th of them.
    func nearest(
        _ x: FeatureMap, _ clouds: CloudSizes, _ neighbours: Int, dilation: Int = 1
    ) throws(ShapeError) -> MessageGraph {
        let index = try layer(
            "knn", NearestNeighbours.kind,
            clouds.given(dimensions: x.channels) + [("k", neighbours), ("dilation", dilation)], inputs: ["pos": x])
        let edges = try product(clouds.total, neighbours)
        return .sized(
            "regular", rows: clouds.total, columns: clouds.total, edges: edges,
            pointers: try evenPointers(clouds.total, neighbours), indices: index.reshaped([edges]))
    }

    /// Pointers of rows with the same number of edges each, as an input that is made.
    private func evenPointers(_ rows: Int, _ edges: Int) throws(ShapeError) -> FeatureMap {
        let name = "pointers_\(graph.layers.count)"
        return inputs([try .indices(name, rows + 1, layout: "N")]) { tensors, _ in
            let pointers = tensors[name].ints
            for row in 0...rows { pointers[row] = Int32(truncatingIfNeeded: row * edges) }
        }[0]
    }

    /// The points of each cloud as its members, for pooling.
    func members(_ clouds: CloudSizes) throws(ShapeError) -> MessageGraph {
        let (counts, total) = (clouds.counts, clouds.total)
        let name = "members_\(graph.layers.count)"
        let structure: [Operand] = try [
            .indices("\(name)_pointers", counts.count + 1, layout: "G"),
            .indices("\(name)_indices", total, layout: "N"),
        ]
        let maps = inputs(structure) { tensors, _ in
            let (pointers, indices) = (tensors["\(name)_pointers"].ints, tensors["\(name)_indices"].ints)
            for (cloud, count) in counts.enumerated() {
                pointers[cloud + 1] = pointers[cloud] + Int32(truncatingIfNeeded: count)
            }
            for point in 0..<total { indices[point] = Int32(truncatingIfNeeded: point) }
        }
        return .sized(
            "members", rows: counts.count, columns: total, edges: total, pointers: maps[0], indices: maps[1])
    }
}
