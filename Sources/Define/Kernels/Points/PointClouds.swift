import Tensors
import Threads
import Vectors
import Workloads

/// The clouds of a batch of points: how many points each has, and how many coordinates a point has. The points of a
/// cloud stand next to each other, cloud behind cloud.
///
/// `points=1024,clouds=8` is eight clouds of one size, `points=24+19` two of different ones. So a suite can sweep over
/// either, and a batch of uneven clouds needs no other parameter.
package struct PointClouds: Sendable, Hashable {
    /// One cloud.
    struct Cloud: Sendable, Hashable {
        /// Its number in the batch.
        let number: Int
        /// The number of its first point in the batch.
        let first: Int
        /// Its points.
        let count: Int
        /// Places of all columns before its own, per coordinate.
        let place: Int
        /// Places of one of its columns: its points and padding.
        let stride: Int
    }

    static let parameters = [
        Parameter("points", .counts, .required, "points of each cloud, or of one after the other as in 24+19"),
        Parameter(
            "clouds", .int(1...Int(Int32.max)),
            .derived("as many as there are numbers of points") { .int($0.counts("points").count) },
            "clouds of a batch"),
        Parameter("d", as: "dim", .int(1...1 << 16), .value(.int(3)), "coordinates of a point"),
    ]

    let all: [Cloud]
    /// Points of all clouds.
    let points: Int
    let dimensions: Int
    /// Places of a column of all clouds.
    let places: Int

    /// Reads the arguments of `parameters`.
    init(_ arguments: Arguments) throws(ShapeError) {
        let (counts, number) = (arguments.counts("points"), arguments.int("clouds"))
        guard counts.count == 1 || counts.count == number else {
            throw ShapeError(
                "\(counts.count) numbers of points for \(number) clouds", parameter: "clouds",
                remedy: "leave out 'clouds', or give one number of points for all")
        }
        guard number <= 1 << 20 else {
            throw ShapeError("\(number) clouds are too many", parameter: "clouds", remedy: "use at most 1048576")
        }
        dimensions = arguments.int("d")
        let block = PointDistances.placesPerBlock
        var (points, places) = (0, 0)
        var all: [Cloud] = []
        all.reserveCapacity(number)
        for cloud in 0..<number {
            let count = counts[counts.count == 1 ? 0 : cloud]
            // An odd number of blocks: columns whose distance is a power of two displace each other from a cache.
            let stride = ((count + block - 1) / block | 1) * block
            all.append(Cloud(number: cloud, first: points, count: count, place: places, stride: stride))
            points += count
            places += stride
            guard points <= Int(Int32.max) else {
                throw ShapeError("more points than 32 bits count", parameter: "points", remedy: "use fewer")
            }
        }
        (self.all, self.points, self.places) = (all, points, places)
        _ = try product(places, dimensions, 4)
    }

    /// The positions of all points.
    func positions() throws(ShapeError) -> Operand { try .input("pos", [points, dimensions], layout: "NC") }

    /// Centres whose distances are computed together: more if it takes long to read the points.
    var centresPerBlock: Int { dimensions < 16 ? 4 : 16 }

    /// Points of the smallest cloud.
    var fewest: Int { all.map(\.count).min() ?? 0 }
    /// Places of the longest column.
    var longestStride: Int { all.map(\.stride).max() ?? 0 }

    /// Pairs of a point of `queries` per cloud and a point of the same cloud.
    func pairs(of queries: [Int]) throws(ShapeError) -> Int {
        var pairs = 0
        for (cloud, number) in zip(all, queries) {
            pairs += try product(number, cloud.count)
            _ = try product(pairs, dimensions)
        }
        return pairs
    }

    /// Calls the body with each cloud that has some of these points, and with its own numbers of them.
    func forEach(in part: Range<Int>, _ body: (Cloud, Range<Int>) -> Void) {
        for cloud in all {
            let own = part.clamped(to: cloud.first..<cloud.first + cloud.count)
            if !own.isEmpty { body(cloud, own.lowerBound - cloud.first..<own.upperBound - cloud.first) }
        }
    }

    /// Writes a share of the columns of all clouds: those of a cloud begin at `dimensions` times its place.
    func writeColumns(of pos: UnsafePointer<Float>, _ share: Share, into columns: UnsafeMutablePointer<Float>) {
        forEach(in: share.range(of: points)) { cloud, own in
            writeColumns(of: pos, cloud, own, into: columns + dimensions * cloud.place)
        }
    }

    /// Writes some places of the columns of one cloud, which begin at `columns`; with the last point the padding too.
    func writeColumns(
        of pos: UnsafePointer<Float>, _ cloud: Cloud, _ own: Range<Int>, into columns: UnsafeMutablePointer<Float>
    ) {
        let rows = pos + cloud.first * dimensions
        // As many points at a time as stay in the nearest cache, while their coordinates are read one by one.
        for first in stride(from: own.lowerBound, to: own.upperBound, by: 64) {
            for c in 0..<dimensions {
                for point in first..<min(first + 64, own.upperBound) {
                    columns[c * cloud.stride + point] = rows[point * dimensions + c]
                }
            }
        }
        guard own.upperBound == cloud.count else { return }
        for c in 0..<dimensions {
            (columns + (c * cloud.stride + cloud.count)).update(
                repeating: .infinity, count: cloud.stride - cloud.count)
        }
    }
}
