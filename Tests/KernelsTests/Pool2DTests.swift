import Kernels
import Tensors
import Testing
import Workloads

@Suite struct Pool2DTests {
    @Test(
        arguments: ["max", "average"],
        [
            "channels=1,size=1,kernel=1", "channels=64,size=7,kernel=7",
            "batch=3,channels=5,size=13x11,kernel=3,stride=2",
            "channels=33,size=9x14,kernel=3,stride=2,padding=1", "channels=7,size=8,kernel=2",
            "channels=3,size=5x17,kernel=1x4,stride=3x1,padding=0x2", "channels=4,size=2,kernel=4,stride=1,padding=2",
            "channels=64,size=6,kernel=3,stride=1,padding=1", "batch=2,channels=79,size=5x4,kernel=2,stride=1",
            "channels=16,size=1x9,kernel=1x9,stride=1,padding=0x4", "channels=131,size=4,kernel=3,stride=2,padding=1",
        ]) func implementationsAgree(kind: String, shape: String) throws
    {
        try expectAgreement(Pool2D.kind, "kind=\(kind),\(shape)")
    }

    @Test(arguments: [
        "c=1,size=1,out_size=1", "c=8,size=9x5,out_size=4x7", "n=2,c=33,size=7,out_size=7", "c=17,size=13,out_size=1",
        "n=3,c=5,size=1x2,out_size=7", "c=40,size=15,out_size=7",
    ]) func adaptiveImplementationsAgree(shape: String) throws { try expectAgreement(AdaptivePool2D.kind, shape) }

    @Test func adaptiveReferenceByHand() throws {
        // Windows overlap where sizes do not divide, and repeat where the output is larger.
        let fewer = try reference(AdaptivePool2D.kind, "c=1,size=1x5,out_size=1x3", ["x": [1, 2, 3, 4, 5]])
        #expect(fewer == [1.5, 3, 4.5])
        let more = try reference(AdaptivePool2D.kind, "c=1,size=2x1,out_size=3x1", ["x": [1, 3]])
        #expect(more == [1, 2, 3])
    }

    @Test func referenceByHand() throws {
        let image: [Float] = [-1, -2, -3, -4, -5, -6, -7, -8, -9]
        let greatest = try reference(Pool2D.kind, "channels=1,size=3,kernel=3,stride=2,padding=1", ["x": image])
        #expect(greatest == [-1, -2, -4, -5])
        // The zeros of the padding count: sums of four divided by nine.
        let mean = try reference(
            Pool2D.kind, "kind=average,channels=1,size=3,kernel=3,stride=2,padding=1", ["x": image])
        #expect(mean == [-12, -16, -24, -28].map { Float($0 / 9.0) })
    }

    @Test func channelsAreApart() throws {
        let y = try reference(Pool2D.kind, "channels=2,size=1x2,kernel=1x2", ["x": [1, 40, 3, 20]])
        #expect(y == [3, 40])
    }

    /// As in PyTorch: a NaN is the greatest, and makes every average of its windows NaN; infinities are numbers.
    @Test func notFiniteByHand() throws {
        let image: [Float] = [1, .nan, 3, -.infinity, -.infinity, 2, .infinity, 0]
        let greatest = try reference(Pool2D.kind, "channels=1,size=1x8,kernel=1x2,stride=1", ["x": image])
        #expect(greatest.map(\.isNaN) == [true, true, false, false, false, false, false])
        #expect(greatest[2...] == [3, -.infinity, 2, .infinity, .infinity])
        let mean = try reference(Pool2D.kind, "kind=average,channels=1,size=1x8,kernel=1x2,stride=1", ["x": image])
        #expect(mean.map(\.isNaN) == [true, true, false, false, false, false, false])
        #expect(mean[2...] == [-.infinity, -.infinity, -.infinity, .infinity, .infinity])
    }

    @Test(arguments: ["max", "average"], [.nan, -.nan, .infinity, -.infinity] as [Float])
    func notFiniteIsCarried(kind: String, value: Float) throws {
        let draws = Draws("x", seed: 2)
        let shape = "kind=\(kind),batch=2,channels=19,size=7x6,kernel=3,stride=1,padding=1"
        try expectAgreement(Pool2D.kind, shape) { $0 % 89 == 7 ? value : draws.unit($0) }
        try expectAgreement(Pool2D.kind, shape) { _ in value }
    }

    /// Additions of one value may all round the same way: the error grows with the length of the sum, not with its root.
    @Test(arguments: [1.1, 1.8087769746780396] as [Float]) func averagesOfOneValue(value: Float) throws {
        try expectAgreement(Pool2D.kind, "kind=average,channels=5,size=33,kernel=33") { _ in value }
        try expectAgreement(AdaptivePool2D.kind, "c=5,h=33,w=33,oh=1,ow=1") { _ in value }
    }

    @Test func costs() throws {
        let pool = try workload(Pool2D.self, "batch=2,channels=64,size=112,kernel=3,stride=2,padding=1")
        #expect(pool.macs == 0)
        #expect(pool.elementOperations == [ElementOperations("compare", 2 * 56 * 56 * 64 * 9)])
        #expect(pool.operands.last?.shape.extents == [2, 56, 56, 64])
        let average = try workload(Pool2D.self, "kind=average,channels=3,size=8x6,kernel=2x3")
        #expect(average.elementOperations == [ElementOperations("add", 4 * 2 * 3 * 6)])
        #expect(average.name == "pool2d[kind=average,n=1,c=3,h=8,w=6,k=2x3,s=2x3,p=0]")
    }

    @Test func impossibleShapes() {
        expectRefusal(
            Pool2D.kind, "channels=1,size=8,kernel=3,padding=2", at: "padding", "half the kernel", "at most 1")
        expectRefusal(Pool2D.kind, "channels=1,size=8x2,kernel=3", at: "kernel", "width of 2")
        expectRefusal(Pool2D.kind, "kind=mean,channels=1,size=8,kernel=3", at: "kind", "max, average")
    }
}
