import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// The k nearest points of each point, of its own cloud, by Euclidean distance: the nearest first, which is the point
/// itself unless another one of a lower number stands at the same place. Of equally distant points the one with the lower
/// number comes first. A distance that is NaN counts as infinite.
///
/// With `dilation`, every dilation-th of the k dilation nearest, from the first on (Li et al., "PointCNN", 2018).
package struct NearestNeighbours: Kernel {
    package static let schema = Schema(
        "knn", "the nearest points of each point of a cloud",
        PointClouds.parameters + [
            .count("k", "neighbours of a point, itself among them"),
            .count("dilation", default: 1, "how many nearest points there are for one that is kept"),
        ], example: "points=40+33,k=5")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let clouds: PointClouds
    private let neighbours: Int
    private let dilation: Int
    /// The nearest points that are looked for.
    private let wanted: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        clouds = try PointClouds(arguments)
        (neighbours, dilation) = (arguments.int("k"), arguments.int("dilation"))
        wanted = try product(neighbours, dilation)
        guard wanted <= clouds.fewest else {
            throw ShapeError(
                "a cloud of \(clouds.fewest) points has no \(wanted) nearest ones", parameter: "k",
                remedy: "write k and dilation whose product is at most \(clouds.fewest)")
        }
        let pairs = try clouds.pairs(of: clouds.all.map(\.count))
        macs = pairs * clouds.dimensions
        elementOperations = [
            ElementOperations("subtract", pairs * clouds.dimensions), ElementOperations("compare", pairs),
        ]
        operands = [
            try clouds.positions(),
            try Operand("index", .output, [clouds.points, neighbours], layout: "NK", element: .i32),
        ]
    }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let columns = workspace.shared(clouds.places * clouds.dimensions)
        let places = clouds.longestStride
        let rows = workspace.perThread(clouds.centresPerBlock * places)
        let least = workspace.perThread(places)
        let list = workspace.perThread(places + 32)
        let ranks = workspace.perThread(places)
        let keys = workspace.perThread(2 * places)
        let near = workspace.perThread(4 * places)
        return [
            Implementation(
                "native", "all distances of a point; of those below a bound, the nearest", threading: .any,
                workspace: workspace
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                let (pos, index) = (UnsafePointer(tensors["pos"].floats), tensors["index"].ints)
                let columns = memory[columns]
                let transpose: (Share) -> Void = { clouds.writeColumns(of: pos, $0, into: columns) }
                let search: (Share) -> Void = { share in
                    let thread = share.index
                    let rows = memory[rows, thread]
                    let selection = NearestSelection(
                        wanted: wanted, dimensions: clouds.dimensions, least: memory[least, thread],
                        list: memory.elements(list, ofThread: thread, as: Int32.self),
                        ranks: memory.elements(ranks, ofThread: thread, as: Int32.self),
                        keys: memory.elements(keys, ofThread: thread, as: UInt64.self),
                        near: memory.elements(near, ofThread: thread, as: DistantPoint.self))
                    clouds.forEach(in: share.range(of: clouds.points)) { cloud, own in
                        let points = pos + cloud.first * clouds.dimensions
                        for first in stride(from: own.lowerBound, to: own.upperBound, by: clouds.centresPerBlock) {
                            let count = min(clouds.centresPerBlock, own.upperBound - first)
                            microkernels.squaredDistances(
                                PointDistances(
                                    columns: columns + cloud.place * clouds.dimensions, stride: cloud.stride,
                                    dimensions: clouds.dimensions - slip(.knnCoordinate),
                                    centres: points + first * clouds.dimensions, count: count, y: rows))
                            for centre in 0..<count {
                                selection.select(
                                    from: rows + centre * cloud.stride, count: cloud.count - slip(.knnLast),
                                    of: points, centre: first + centre)
                                write(
                                    selection, cloud,
                                    into: index + (cloud.first + first + centre) * neighbours)
                            }
                        }
                    }
                }
                return PreparedCall {
                    pool.run(transpose)
                    pool.run(search)
                }
            }
        ]
    }

    private func write(
        _ selection: NearestSelection, _ cloud: PointClouds.Cloud, into row: UnsafeMutablePointer<Int32>
    ) {
        let (first, step) = (planted(.knnCloud) ? 0 : cloud.first, planted(.knnDilation) ? 1 : dilation)
        for neighbour in 0..<neighbours {
            row[neighbour] = Int32(truncatingIfNeeded: first + selection.point(neighbour * step))
        }
    }

    package func reference(_ tensors: Operands) {
        let (pos, index) = (UnsafePointer(tensors["pos"].floats), tensors["index"].ints)
        for cloud in clouds.all {
            let points = pos + cloud.first * clouds.dimensions
            for centre in 0..<cloud.count {
                let sorted = (0..<cloud.count).map { point in
                    let distance = exactDistance(
                        points + point * clouds.dimensions, points + centre * clouds.dimensions, clouds.dimensions)
                    return DistantPoint(distance: distance.isNaN ? .infinity : distance, point: Int32(point))
                }.sorted()
                for neighbour in 0..<neighbours {
                    index[(cloud.first + centre) * neighbours + neighbour] =
                        Int32(cloud.first) + sorted[neighbour * dilation].point
                }
            }
        }
    }
}
