import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// The voxel of each point: the number of its cell in a grid of cubes, as `voxel_grid` of PyTorch Geometric gives it by
/// `grid_cluster` of torch_cluster.
///
/// The grid is the same for all clouds. It starts at the least coordinates of all points; a point is in cell
/// trunc((x - start) / size) of a dimension, and a dimension has trunc((end - start) / size) + 1 cells up to the largest
/// coordinate. The first dimension runs fastest and the clouds of the batch slowest. All of this is computed in `Double`.
/// Coordinates that are NaN do not move the start or the end. They are in cell 2^31 - 1, and so is what lies farther.
/// Numbers beyond 32 bits are cut.
package struct VoxelGrid: Kernel {
    package static let schema = Schema(
        "voxel_grid", "the voxel of each point in a grid over all clouds",
        PointClouds.parameters + [Parameter("size", .real(0.000001...1e18), .required, "edge of a voxel")],
        example: "points=40+33,size=0.3")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let clouds: PointClouds
    private let size: Double

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        clouds = try PointClouds(arguments)
        size = arguments.real("size")
        // Inputs are drawn from -1 to 1.
        let cells = pow(2 / size + 1, clouds.dimensions) * Double(clouds.all.count)
        guard cells <= Double(Int32.max) else {
            throw ShapeError(
                "a grid of such voxels from -1 to 1 has more of them than 32 bits count", parameter: "size",
                remedy: "write a larger size, or fewer coordinates")
        }
        let coordinates = try product(clouds.points, clouds.dimensions)
        elementOperations = [
            ElementOperations("compare", 2 * coordinates), ElementOperations("subtract", coordinates),
            ElementOperations("divide", coordinates), ElementOperations("multiply", coordinates),
            ElementOperations("add", coordinates),
        ]
        operands = [
            try clouds.positions(), try Operand("cluster", .output, [clouds.points], layout: "N", element: .i32),
        ]
    }

    /// The cell of a distance from the start, of a number of cells.
    private func cell(_ distance: Double) -> Int {
        let cell = distance / size
        guard cell < Double(Int32.max) else { return Int(Int32.max) }
        return cell > 0 ? Int(cell) : 0
    }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let dimensions = clouds.dimensions
        // The least and the largest coordinates of each share, then the start and the step of each dimension.
        let ends = workspace.perThread((2 * dimensions + 1) / 2 * 2)
        let starts = workspace.perThread(2 * dimensions)
        let steps = workspace.perThread(2 * (dimensions + 1))
        return [
            Implementation(
                "native", "the ends of the grid, then the voxels", threading: .any, workspace: workspace
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                let (pos, cluster) = (UnsafePointer(tensors["pos"].floats), tensors["cluster"].ints)
                let measure: (Share) -> Void = { share in
                    let least = memory[ends, share.index]
                    findEnds(of: pos, share.range(of: clouds.points), least, least + dimensions)
                }
                let number: (Share) -> Void = { share in
                    let starts = memory.elements(starts, ofThread: share.index, as: Double.self)
                    let steps = memory.elements(steps, ofThread: share.index, as: Int.self)
                    var step = 1
                    for c in 0..<dimensions {
                        var (least, largest) = (Float.infinity, -Float.infinity)
                        for other in 0..<(planted(.voxelShare) ? 1 : share.count) {
                            let ends = memory[ends, other]
                            if ends[c] < least { least = ends[c] }
                            if ends[dimensions + c] > largest { largest = ends[dimensions + c] }
                        }
                        (starts[c], steps[c]) = (Double(least), step)
                        step &*= cell(Double(largest) - Double(least)) + 1
                    }
                    steps[dimensions] = planted(.voxelCloud) ? 0 : step
                    write(pos, share.range(of: clouds.points), starts: starts, steps: steps, into: cluster)
                }
                return PreparedCall {
                    pool.run(measure)
                    pool.run(number)
                }
            }
        ]
    }

    /// The least and the largest coordinates of some points.
    private func findEnds(
        of pos: UnsafePointer<Float>, _ part: Range<Int>, _ least: UnsafeMutablePointer<Float>,
        _ largest: UnsafeMutablePointer<Float>
    ) {
        let dimensions = clouds.dimensions
        for c in 0..<dimensions {
            var (low, high) = (Float.infinity, -Float.infinity)
            for point in part {
                let x = pos[point * dimensions + c]
                low = x < low ? x : low
                high = x > high ? x : high
            }
            (least[c], largest[c]) = (low, high)
        }
    }

    private func write(
        _ pos: UnsafePointer<Float>, _ part: Range<Int>, starts: UnsafePointer<Double>, steps: UnsafePointer<Int>,
        into cluster: UnsafeMutablePointer<Int32>
    ) {
        let dimensions = clouds.dimensions
        clouds.forEach(in: part) { cloud, own in
            for point in cloud.first + own.lowerBound..<cloud.first + own.upperBound {
                var voxel = cloud.number &* steps[dimensions]
                for c in 0..<dimensions {
                    voxel &+= cell(Double(pos[point * dimensions + c]) - starts[c]) &* steps[c]
                }
                cluster[point] = Int32(truncatingIfNeeded: voxel)
            }
        }
    }

    package func reference(_ tensors: Operands) {
        let (pos, cluster) = (tensors["pos"].floats, tensors["cluster"].ints)
        let dimensions = clouds.dimensions
        for cloud in clouds.all {
            for point in cloud.first..<cloud.first + cloud.count { cluster[point] = Int32(cloud.number) }
        }
        // From the slowest dimension, the number of the cloud, to the fastest: voxel = voxel * cells + cell.
        for c in stride(from: dimensions - 1, through: 0, by: -1) {
            let column = (0..<clouds.points).map { Double(pos[$0 * dimensions + c]) }
            let numbers = column.filter { !$0.isNaN }
            let (start, end) = (numbers.min() ?? .infinity, numbers.max() ?? -.infinity)
            let cells = cell(end - start) + 1
            for point in 0..<clouds.points {
                let voxel = Int(cluster[point]) &* cells &+ cell(column[point] - start)
                cluster[point] = Int32(truncatingIfNeeded: voxel)
            }
        }
    }
}

/// A power with a whole exponent.
private func pow(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * base }
}
