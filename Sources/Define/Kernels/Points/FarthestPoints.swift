import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// Farthest point sampling: of each cloud its first point, then always the point that is farthest from all that were
/// taken, ceil(ratio n) points in the order in which they are taken (Eldar et al., "The farthest point strategy for
/// progressive image sampling", 1997; Qi et al., "PointNet++", 2017). Of equally far points the one with the lowest number
/// is taken. A distance that is NaN lowers nothing: a point without another distance is infinitely far.
package struct FarthestPoints: Kernel {
    package static let schema = Schema(
        "fps", "farthest point sampling of clouds",
        PointClouds.parameters + [FarthestSamples.parameter(default: 0.5, "share of the points that is kept")],
        example: "points=40+33,ratio=0.4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let clouds: PointClouds
    private let samples: FarthestSamples

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        clouds = try PointClouds(arguments)
        samples = FarthestSamples(of: clouds, ratio: arguments.real("ratio"))
        // Nothing is farther from the last point.
        let pairs = try clouds.pairs(of: samples.counts.map { $0 - 1 })
        macs = pairs * clouds.dimensions
        elementOperations = [
            ElementOperations("subtract", pairs * clouds.dimensions), ElementOperations("compare", 2 * pairs),
        ]
        operands = [
            try clouds.positions(), try Operand("index", .output, [samples.total], layout: "S", element: .i32),
        ]
    }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let places = clouds.longestStride
        let columns = workspace.perThread(clouds.dimensions * places)
        let least = workspace.perThread(places)
        let list = workspace.perThread(places + 32)
        let exact = workspace.perThread(2 * places)
        let seen = workspace.perThread(places)
        return [
            Implementation(
                "native", "least distances in vectors; those that are nearly largest once more in Double",
                threading: .any, workspace: workspace
            ) { tensors, setting, memory in
                let (pos, index) = (UnsafePointer(tensors["pos"].floats), tensors["index"].ints)
                return PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                    let thread = share.index
                    let mine = share.range(of: clouds.all.count)
                    var target = index + samples.counts[..<mine.lowerBound].reduce(0, +)
                    for number in mine {
                        let cloud = clouds.all[number]
                        let columns = memory[columns, thread]
                        clouds.writeColumns(of: pos, cloud, 0..<cloud.count, into: columns)
                        sample(
                            cloud, pos + cloud.first * clouds.dimensions, columns: columns,
                            least: memory[least, thread], list: memory.elements(list, ofThread: thread, as: Int32.self),
                            exact: memory.elements(exact, ofThread: thread, as: Double.self),
                            seen: memory.elements(seen, ofThread: thread, as: Int32.self),
                            count: samples.counts[number], into: target)
                        target += samples.counts[number]
                    }
                }
            }
        ]
    }

    /// - Parameters:
    ///   - points: the cloud's, [points, dimensions].
    ///   - least: the distances in `Float` of all points from what is taken.
    ///   - exact: those in `Double` from the first `seen` of what is taken: only as far as they are needed.
    private func sample(
        _ cloud: PointClouds.Cloud, _ points: UnsafePointer<Float>, columns: UnsafePointer<Float>,
        least: UnsafeMutablePointer<Float>, list: UnsafeMutablePointer<Int32>, exact: UnsafeMutablePointer<Double>,
        seen: UnsafeMutablePointer<Int32>, count: Int, into taken: UnsafeMutablePointer<Int32>
    ) {
        let dimensions = clouds.dimensions
        let margin = DistanceMargin(dimensions: dimensions)
        if !planted(.fpsStale) || cloud.number == 0 { least.update(repeating: .infinity, count: cloud.count) }
        (least + cloud.count).update(repeating: 0, count: cloud.stride - cloud.count)
        exact.update(repeating: .infinity, count: cloud.count)
        seen.update(repeating: 0, count: cloud.count)
        taken[0] = 0
        for step in 1..<max(1, count) {
            let greatest = microkernels.lowerDistances(
                PointDistances(
                    columns: columns, stride: cloud.stride, dimensions: dimensions - slip(.fpsCoordinate),
                    centres: points + Int(taken[step - 1]) * dimensions, count: 1, y: least))
            let found = microkernels.places(
                of: least, count: cloud.count, least: margin.below(greatest), most: .infinity, into: list)
            var farthest = Int(list[0])
            if found > 1 {
                var largest = -1.0
                for candidate in 0..<found {
                    let point = Int(list[candidate])
                    for earlier in Int(seen[point])..<step {
                        let distance = exactDistance(
                            points + point * dimensions, points + Int(taken[earlier]) * dimensions, dimensions)
                        if distance < exact[point] { exact[point] = distance }
                    }
                    seen[point] = Int32(truncatingIfNeeded: step)
                    if exact[point] > largest { (largest, farthest) = (exact[point], point) }
                }
            }
            taken[step] = Int32(truncatingIfNeeded: farthest)
        }
        guard !planted(.fpsCloud) else { return }
        for step in 0..<count { taken[step] += Int32(truncatingIfNeeded: cloud.first) }
    }

    package func reference(_ tensors: Operands) {
        let (pos, dimensions) = (UnsafePointer(tensors["pos"].floats), clouds.dimensions)
        var target = tensors["index"].ints
        for (cloud, count) in zip(clouds.all, samples.counts) {
            let points = pos + cloud.first * dimensions
            var least = [Double](repeating: .infinity, count: cloud.count)
            var next = 0
            for step in 0..<count {
                target[step] = Int32(cloud.first + next)
                let taken = points + next * dimensions
                for point in 0..<cloud.count {
                    let distance = exactDistance(points + point * dimensions, taken, dimensions)
                    if distance < least[point] { least[point] = distance }
                }
                next = 0
                for point in 0..<cloud.count where least[point] > least[next] { next = point }
            }
            target += count
        }
    }
}
