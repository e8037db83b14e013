import Foundation
import Kernels
import Tensors
import Testing
import Workloads

/// The kernels on clouds of points.
@Suite struct PointTests {
    @Test(arguments: [
        "points=1,k=1", "points=1,clouds=3,k=1", "points=7,k=7", "points=40+33,k=5", "points=31+32+33,d=1,k=20",
        "points=1000,k=20", "points=130+65,d=64,k=20", "points=300,d=2,k=100,dilation=3",
        "points=97+5,d=5,k=2,dilation=2", "points=257,clouds=5,k=1", "points=64,d=130,k=64", "points=2+1000+3,k=2",
    ]) func `neighbours agree`(shape: String) throws { try expectAgreement(NearestNeighbours.kind, shape) }

    @Test(arguments: [
        "points=1", "points=5+1+9,ratio=1", "points=1000,clouds=3", "points=1001,ratio=0.001", "points=97,d=1",
        "points=65+130,d=64,ratio=0.3", "points=33,clouds=9,d=2,ratio=0.9",
    ]) func `farthest points agree`(shape: String) throws { try expectAgreement(FarthestPoints.kind, shape) }

    @Test(arguments: [
        "points=1,r=1", "points=5+1+9,r=0.5", "points=1000,clouds=3,r=0.2", "points=300,r=0.8,most=3",
        "points=97,d=1,r=0.1,most=1", "points=65+130,d=64,r=4.5", "points=300+7,r=0.6,ratio=0.25",
        "points=1+2+3,r=1.5,ratio=0.5", "points=100,r=0", "points=100,r=1000", "points=9+500,d=2,r=0.3,ratio=0.01",
    ]) func `balls agree`(shape: String) throws { try expectAgreement(BallQuery.kind, shape) }

    @Test(arguments: [
        "points=1,size=1", "points=5+1+9,size=0.5", "points=1000,clouds=3,size=0.05", "points=97,d=1,size=0.001",
        "points=65+130,d=7,size=0.3", "points=100,d=2,size=1000,clouds=3",
    ]) func `voxels agree`(shape: String) throws { try expectAgreement(VoxelGrid.kind, shape) }

    /// Positions that distances in `Float` get wrong, or that many points share, by the place of a coordinate.
    private static let positions: [(name: String, value: @Sendable (Int) -> Float)] = [
        ("a coarse grid", { (unit($0) * 3).rounded(.down) }),
        ("a grid of tenths", { (unit($0) * 5).rounded(.down) / 10 }),
        ("two places", { $0 / 3 % 2 == 0 ? 1 : 2 }),
        ("one place", { _ in 0.3 }),
        ("doubled points", { unit($0 % 97) }),
        // The distances to the origin, which is the first point, differ in the last bits or not at all.
        ("a sphere", { place in place < 3 ? 0 : sphere(place / 3)[place % 3] }),
        ("a small sphere", { place in place < 3 ? 0 : sphere(place / 3)[place % 3] * 0x1p-70 }),
        ("a cluster far away", { 1000 + (unit($0) * 8).rounded() * 0x1p-13 }),
        ("neighbouring floats", { 1 + (unit($0) * 16).rounded(.down) * 0x1p-23 }),
        ("clusters", { $0 / 3 % 10 == 0 ? unit($0) : Float($0 / 3 % 5) + unit($0) * 0x1p-20 }),
        ("squares below every float", { unit($0) * 1e-30 }),
        ("denormals", { (unit($0) * 20).rounded(.down) * .leastNonzeroMagnitude }),
        ("squares above every float", { unit($0) * 3e38 }),
        ("squares about the largest float", { $0 < 3 ? 0 : sphere($0 / 3)[$0 % 3] * 0x1p64 }),
        ("all sizes", { place in exp2((unit(place) * 2 - 1) * 120) * (place % 2 == 0 ? 1 : -1) }),
        (
            "NaN and infinities",
            { $0 % 7 == 2 ? .nan : $0 % 11 == 3 ? .infinity : $0 % 13 == 4 ? -.infinity : unit($0) }
        ),
        ("nothing but NaN", { _ in .nan }),
        ("nothing but infinities", { $0 % 2 == 0 ? .infinity : -.infinity }),
    ]

    private static let draws = Draws("positions", seed: 1)
    private static func unit(_ place: Int) -> Float { draws.unit(place) }

    /// A point at a distance of 1 from the origin, rounded.
    private static func sphere(_ point: Int) -> [Float] {
        let (height, angle) = (2 * Double(unit(2 * point)) - 1, 2 * Double.pi * Double(unit(2 * point + 1)))
        let radius = (1 - height * height).squareRoot()
        return [Float(radius * cos(angle)), Float(radius * sin(angle)), Float(height)]
    }

    @Test(arguments: positions.indices) func `ties and near ties are decided as by the reference`(number: Int) throws {
        for (kind, shapes) in [
            (NearestNeighbours.kind, ["points=150,k=20", "points=40+75,k=5,dilation=3", "points=30,d=7,k=8"]),
            (FarthestPoints.kind, ["points=150,ratio=0.5", "points=40+75,ratio=1", "points=30,d=7"]),
            (
                BallQuery.kind,
                ["points=150,r=1", "points=40+75,r=0.1,most=7,ratio=0.5", "points=150,r=0.0001,most=200"]
            ),
            (VoxelGrid.kind, ["points=150,size=0.1", "points=40+75,size=0.25", "points=30,d=7,size=1"]),
        ] {
            for shape in shapes {
                try expectAgreement(kind, shape, operand: "pos", threads: [1, 3], values: Self.positions[number].value)
            }
        }
    }

    /// Were the distances in `Float` the last word, the order would be another one.
    @Test func `the sphere has distances that only Double tells apart`() {
        let points = (1..<150).map(Self.sphere)
        let inFloat = points.map { $0.reduce(0) { $0 + $1 * $1 } }
        let exact = points.map { $0.reduce(0) { $0 + Double($1) * Double($1) } }
        let pairs = points.indices.flatMap { i in points.indices.map { (i, $0) } }
        #expect(pairs.count { inFloat[$0] == inFloat[$1] && exact[$0] < exact[$1] } > 1000)
        #expect(pairs.contains { inFloat[$0] > inFloat[$1] && exact[$0] < exact[$1] })
    }

    /// What the reference makes of given inputs: every output, by its name.
    private func answers(_ kind: Kind, _ shape: String, _ given: [String: [Float]]) throws -> [String: [Int]] {
        let workload = try workload(kind, shape)
        let tensors = try Operands(allocating: workload.operands)
        try workload.fill(tensors, seed: 1)
        for (name, values) in given {
            try #require(tensors[name].count == values.count, "'\(name)' has \(tensors[name].shape) elements")
            tensors[name].fill { values[$0] }
        }
        try workload.reference(tensors)
        let outputs = workload.operands.filter { $0.role == .output }.map { ($0.name, tensors[$0.name]) }
        return Dictionary(uniqueKeysWithValues: outputs).mapValues { tensor in
            (0..<tensor.count).map { Int(tensor[$0]) }
        }
    }

    /// Four points on a line, then two at one place.
    private static let line: [Float] = [0, 3, 1, 10, 5, 5]

    @Test func `neighbours by hand`() throws {
        let near = try answers(NearestNeighbours.kind, "points=4+2,d=1,k=2", ["pos": Self.line])["index"]
        #expect(near == [0, 2, 1, 2, 2, 0, 3, 1, 4, 5, 4, 5])
        let every = try answers(
            NearestNeighbours.kind, "points=4,d=1,k=2,dilation=2", ["pos": Array(Self.line[..<4])])["index"]
        #expect(every == [0, 1, 1, 0, 2, 1, 3, 2])
    }

    @Test func `farthest points by hand`() throws {
        let taken = try answers(FarthestPoints.kind, "points=4+2,d=1,ratio=0.75", ["pos": Self.line])["index"]
        #expect(taken == [0, 3, 1, 4, 4])
    }

    @Test func `balls by hand`() throws {
        let all = try answers(BallQuery.kind, "points=4+2,d=1,r=2,most=3", ["pos": Self.line])
        #expect(all["pointers"] == [0, 2, 3, 5, 6, 8, 10])
        #expect(all["indices"] == [0, 2, 1, 0, 2, 3, 4, 5, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0])
        let one = try answers(BallQuery.kind, "points=4+2,d=1,r=2,most=1", ["pos": Self.line])
        #expect(one["pointers"] == [0, 1, 2, 3, 4, 5, 6] && one["indices"] == [0, 1, 0, 3, 4, 4])
        let some = try answers(
            BallQuery.kind, "points=4+2,d=1,r=2,most=3,ratio=0.5", ["pos": Self.line, "index": [2, 3, 5]])
        #expect(some["pointers"] == [0, 2, 3, 5] && some["indices"] == [0, 2, 3, 4, 5, 0, 0, 0, 0])
    }

    /// The example of PyTorch Geometric's own test.
    @Test func `voxels by hand`() throws {
        let pos: [Float] = [0, 0, 11, 9, 2, 8, 2, 2, 8, 3]
        let batch = try answers(VoxelGrid.kind, "points=3+2,d=2,size=5", ["pos": pos])["cluster"]
        #expect(batch == [0, 5, 3, 6, 7])
        #expect(try answers(VoxelGrid.kind, "points=5,d=2,size=5", ["pos": pos])["cluster"] == [0, 5, 3, 0, 1])
    }

    @Test func costs() throws {
        // What EdgeCNN's two searches among 1024 points take.
        let macs = try [3, 64].map { Costs(try workload(NearestNeighbours.kind, "points=1024,d=\($0),k=20")).macs }
        #expect(macs.reduce(0, +) == 70_254_592)
        let near = Costs(try workload(NearestNeighbours.kind, "points=40+33,k=5"))
        #expect(near.elementOperations.contains(ElementOperations("compare", 40 * 40 + 33 * 33)))
        #expect(near.inputBytes == 4 * 73 * 3 && near.outputBytes == 4 * 73 * 5)
        let farthest = Costs(try workload(FarthestPoints.kind, "points=40+33,ratio=0.4"))
        #expect(farthest.macs == (15 * 40 + 13 * 33) * 3 && farthest.outputBytes == 4 * 30)
        let balls = Costs(try workload(BallQuery.kind, "points=40+33,r=1,ratio=0.4,most=10"))
        #expect(balls.macs == (16 * 40 + 14 * 33) * 3)
        #expect(balls.inputBytes == 4 * (73 * 3 + 30) && balls.outputBytes == 4 * (31 + 300))
    }

    @Test func `names are whole`() throws {
        let even = try workload(NearestNeighbours.kind, "points=1024,clouds=8,k=20")
        #expect(even.name == "knn[points=1024,clouds=8,d=3,k=20,dilation=1]")
        let uneven = try workload(BallQuery.kind, "points=24+19,radius=0.75")
        #expect(uneven.name == "ball_query[points=24+19,clouds=2,d=3,r=0.75,most=64,ratio=1.0]")
    }

    @Test func `impossible shapes`() {
        expectRefusal(NearestNeighbours.kind, "points=24+19,k=20", at: "k", "19 points has no 20", "at most 19")
        expectRefusal(NearestNeighbours.kind, "points=24,k=9,dilation=3", at: "k", "no 27 nearest")
        expectRefusal(NearestNeighbours.kind, "points=24,k=2147483647,dilation=2147483647", at: nil, "overflows")
        expectRefusal(NearestNeighbours.kind, "points=24,k=0", at: "k", "k: '0'")
        expectRefusal(NearestNeighbours.kind, "points=0,k=1", at: "points", "points: '0'")
        expectRefusal(NearestNeighbours.kind, "points=-5,k=1", at: "points", "points: '-5'")
        expectRefusal(NearestNeighbours.kind, "points=5,clouds=-1,k=1", at: "clouds", "clouds: '-1'")
        expectRefusal(NearestNeighbours.kind, "points=5+6,clouds=3,k=1", at: "clouds", "2 numbers of points for 3")
        expectRefusal(NearestNeighbours.kind, "points=5,clouds=2000000,k=1", at: "clouds", "too many")
        expectRefusal(NearestNeighbours.kind, "points=2147483647,clouds=2,k=1", at: "points", "32 bits")
        expectRefusal(NearestNeighbours.kind, "points=5,d=0,k=1", at: "d", "d: '0'")
        expectRefusal(FarthestPoints.kind, "points=5,ratio=0", at: "ratio", "ratio: '0'")
        expectRefusal(FarthestPoints.kind, "points=5,ratio=1.5", at: "ratio", "ratio: '1.5'")
        expectRefusal(FarthestPoints.kind, "points=5,ratio=nan", at: "ratio", "ratio: 'nan'")
        expectRefusal(BallQuery.kind, "points=5,r=-1", at: "r", "r: '-1'")
        expectRefusal(BallQuery.kind, "points=5", at: nil, "needs 'radius'")
        expectRefusal(BallQuery.kind, "points=5,r=1,most=0", at: "most", "most: '0'")
        expectRefusal(BallQuery.kind, "points=1000000,r=1,most=3000", at: "most", "32 bits", "at most 2147")
        expectRefusal(VoxelGrid.kind, "points=5,size=0", at: "size", "size: '0'")
        expectRefusal(VoxelGrid.kind, "points=5,size=0.0001", at: "size", "32 bits")
    }
}
