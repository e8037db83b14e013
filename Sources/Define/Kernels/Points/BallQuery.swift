import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// The points in a ball around each query point: those of its cloud that are nearer than r, itself among them unless only others are
/// asked for, in the order of their numbers, and at most `most` of them.
///
/// The answer has the form of a graph: query q has the points `indices[pointers[q]..<pointers[q + 1]]`, and what is behind
/// the last one is 0. All points are queries, or with a ratio below 1 those that the input `index` names, which are as
/// many as `fps` keeps with that ratio, cloud after cloud.
package struct BallQuery: Kernel {
    package static let schema = Schema(
        "ball_query", "the points of a cloud in a ball around each query point",
        PointClouds.parameters + [
            Parameter(
                "r", as: "radius", .real(0...1e18), .required, "radius of a ball; points on its surface are outside"),
            .count("most", default: 64, "points of a ball, at most"),
            FarthestSamples.parameter(default: 1, "share of the points that are queries, as in fps; 1 is all points"),
            .flag("others", "leaves out the query point itself").asExtra,
        ], example: "points=40+33,r=0.6,most=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let clouds: PointClouds
    /// Query points of each cloud.
    private let queries: FarthestSamples
    /// Whether `index` names the query points.
    private let isSampled: Bool
    private let radius: Double
    private let most: Int
    private let leavesItselfOut: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        clouds = try PointClouds(arguments)
        queries = FarthestSamples(of: clouds, ratio: arguments.real("ratio"))
        isSampled = arguments.real("ratio") < 1
        (radius, most) = (arguments.real("r"), arguments.int("most"))
        leavesItselfOut = arguments.flag("others")
        let pairs = try clouds.pairs(of: queries.counts)
        macs = pairs * clouds.dimensions
        elementOperations = [
            ElementOperations("subtract", pairs * clouds.dimensions), ElementOperations("compare", pairs),
        ]
        let room = try product(queries.total, most)
        guard room <= Int(Int32.max) else {
            throw ShapeError(
                "\(most) points of each of \(queries.total) balls are more than 32 bits count", parameter: "most",
                remedy: "write at most \(Int(Int32.max) / queries.total)")
        }
        operands =
            (isSampled ? [try .indices("index", queries.total, layout: "S")] : [])
            + [
                try clouds.positions(),
                try Operand("pointers", .output, [queries.total + 1], layout: "N", element: .i32),
                try Operand("indices", .output, [room], layout: "E", element: .i32),
            ]
    }

    /// What is found is a number of a point. Nothing is behind the last one.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        guard output.name == "indices" else { return [Sums(elements: output.shape.count, length: 1)] }
        let found = min(max(0, Int(tensors["pointers"].ints[queries.total])), output.shape.count)
        return [Sums(elements: found, length: 1), Sums(elements: output.shape.count - found, length: 0)]
    }

    /// Query points that are spread evenly over the numbers of each cloud.
    package func fill(_ tensors: Operands, seed: UInt64) {
        fillByName(tensors, seed: seed)
        guard var next = tensors.optional("index")?.ints else { return }
        for (cloud, count) in zip(clouds.all, queries.counts) {
            for query in 0..<count { next[query] = Int32(cloud.first + query * cloud.count / count) }
            next += count
        }
    }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let columns = workspace.shared(clouds.places * clouds.dimensions)
        let rows = workspace.perThread(clouds.centresPerBlock * clouds.longestStride)
        let list = workspace.perThread(clouds.longestStride + 32)
        let centres = workspace.perThread(clouds.centresPerBlock * clouds.dimensions)
        return [
            Implementation(
                "native", "all distances of a query; those near the surface once more in Double", threading: .any,
                workspace: workspace
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                let pos = UnsafePointer(tensors["pos"].floats)
                let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
                let index = tensors.optional("index").map { UnsafePointer($0.ints) }
                let columns = memory[columns]
                let transpose: (Share) -> Void = { clouds.writeColumns(of: pos, $0, into: columns) }
                let search: (Share) -> Void = { share in
                    find(
                        share.range(of: queries.total), pos, index, columns: columns, rows: memory[rows, share.index],
                        list: memory.elements(list, ofThread: share.index, as: Int32.self),
                        centres: memory[centres, share.index], counts: pointers + 1, into: indices)
                }
                return PreparedCall {
                    pool.run(transpose)
                    pool.run(search)
                    join(shares: pool.count, pointers, indices)
                }
            }
        ]
    }

    /// Finds the points of some balls. They stand without gaps from the first ball's room on.
    private func find(
        _ part: Range<Int>, _ pos: UnsafePointer<Float>, _ index: UnsafePointer<Int32>?,
        columns: UnsafePointer<Float>, rows: UnsafeMutablePointer<Float>, list: UnsafeMutablePointer<Int32>,
        centres: UnsafeMutablePointer<Float>, counts: UnsafeMutablePointer<Int32>,
        into indices: UnsafeMutablePointer<Int32>
    ) {
        let dimensions = clouds.dimensions
        let margin = DistanceMargin(dimensions: dimensions)
        let square = radius * radius * (planted(.ballRadius) ? 1.1 : 1)
        let (inside, outside) = (margin.below(Float(square)), margin.above(Float(square)))
        var target = indices + part.lowerBound * most
        var firstQuery = 0
        for (cloud, count) in zip(clouds.all, queries.counts) {
            let own = part.clamped(to: firstQuery..<firstQuery + count)
            for first in stride(from: own.lowerBound, to: own.upperBound, by: clouds.centresPerBlock) {
                let number = min(clouds.centresPerBlock, own.upperBound - first)
                for centre in 0..<number {
                    let query = first + centre
                    let point = index.map { Int($0[query]) } ?? query
                    (centres + centre * dimensions).update(from: pos + point * dimensions, count: dimensions)
                }
                microkernels.squaredDistances(
                    PointDistances(
                        columns: columns + cloud.place * dimensions, stride: cloud.stride, dimensions: dimensions,
                        centres: centres, count: number, y: rows))
                for centre in 0..<number {
                    let row = rows + centre * cloud.stride
                    let found = microkernels.places(
                        of: row, count: cloud.count, least: -.infinity, most: outside, into: list)
                    let query = first + centre
                    let itself = leavesItselfOut ? index.map { Int($0[query]) } ?? query : -1
                    var kept = 0
                    for candidate in 0..<found where kept < most - slip(.ballMost) {
                        let point = cloud.first + Int(list[candidate])
                        guard point != itself,
                            row[Int(list[candidate])] < inside
                                || exactDistance(
                                    pos + point * dimensions, centres + centre * dimensions, dimensions) < square
                        else { continue }
                        target[kept] = Int32(truncatingIfNeeded: point)
                        kept += 1
                    }
                    target += kept
                    counts[first + centre] = Int32(truncatingIfNeeded: kept)
                }
            }
            firstQuery += count
        }
    }

    /// Moves what each share has found to the end of what the shares before it have, and makes pointers of the counts.
    private func join(
        shares: Int, _ pointers: UnsafeMutablePointer<Int32>, _ indices: UnsafeMutablePointer<Int32>
    ) {
        var end = 0
        pointers[0] = 0
        for share in 0..<shares {
            let part = Share(share, of: shares).range(of: queries.total)
            let first = end
            for query in part {
                end += Int(pointers[query + 1])
                pointers[query + 1] = Int32(truncatingIfNeeded: end)
            }
            let source = (planted(.ballShare) ? 0 : part.lowerBound) * most
            if source != first { (indices + first).update(from: indices + source, count: end - first) }
        }
        (indices + end).update(repeating: 0, count: queries.total * most - end)
    }

    package func reference(_ tensors: Operands) {
        let (pos, dimensions) = (UnsafePointer(tensors["pos"].floats), clouds.dimensions)
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let index = tensors.optional("index")?.ints
        var (query, end) = (0, 0)
        pointers[0] = 0
        for (cloud, count) in zip(clouds.all, queries.counts) {
            for _ in 0..<count {
                let itself = index.map { Int($0[query]) } ?? query
                let centre = pos + itself * dimensions
                let start = end
                for point in cloud.first..<cloud.first + cloud.count
                where end - start < most && !(leavesItselfOut && point == itself) {
                    if exactDistance(pos + point * dimensions, centre, dimensions) < radius * radius {
                        indices[end] = Int32(point)
                        end += 1
                    }
                }
                query += 1
                pointers[query] = Int32(end)
            }
        }
        for place in end..<queries.total * most { indices[place] = 0 }
    }
}
