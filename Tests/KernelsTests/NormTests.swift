import Kernels
import Tensors
import Testing
import Workloads

@Suite struct NormTests {
    private static let rows = [
        "rows=1,f=1", "rows=3,f=1", "rows=1,f=2", "rows=300,f=2", "rows=7,f=13", "rows=5,f=15", "rows=5,f=16",
        "rows=5,f=17", "rows=31,f=33", "rows=197,f=768", "rows=2,f=4099", "rows=3,f=3", "rows=3,f=7", "rows=3,f=31",
        "rows=3,f=64", "rows=3,f=127", "rows=3,f=129",
    ]

    private static let images = [
        "c=1,size=1", "c=3,h=1,w=2", "n=2,c=64,h=2,w=1", "n=2,c=7,h=5,w=3", "c=15,size=7", "n=3,c=16,h=4,w=9",
        "c=17,size=13", "n=2,c=64,size=28", "c=6,size=112", "n=2,c=3,size=23", "c=1,h=1,w=37", "n=2,c=5,h=1,w=3",
        "c=79,h=5,w=13", "c=130,h=1,w=65",
    ]

    @Test(arguments: rows) func rowsAgree(shape: String) throws {
        try expectAgreement(LayerNorm.kind, shape)
        try expectAgreement(RMSNorm.kind, shape)
        try expectAgreement(Softmax.kind, shape)
    }

    /// A variance of 1 and an epsilon of 0.44: the deviation is 1.2. A name says the epsilon only where it is another
    /// than ever.
    @Test func layerNormTakesAnEpsilon() throws {
        try expectAgreement(LayerNorm.kind, "rows=5,f=37,eps=0.001")
        let y = try reference(
            LayerNorm.kind, "rows=1,f=2,eps=0.44", ["x": [2, 4], "weight": [1.2, 1.2], "bias": [0, 1]])
        #expect(zip(y, [-1, 2]).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(try workload(LayerNorm.self, "rows=1,f=2,eps=1e-5").name == "layer_norm[rows=1,f=2]")
        #expect(try workload(LayerNorm.self, "rows=1,f=2,eps=1e-6").name == "layer_norm[rows=1,f=2,eps=1e-06]")
    }

    @Test(arguments: images) func imagesAgree(shape: String) throws {
        try expectAgreement(BatchNorm.kind, shape)
        for function in ["relu", "relu6", "silu"] { try expectAgreement(BatchNorm.kind, shape + ",act=\(function)") }
        try expectAgreement(BatchNorm.kind, shape + ",epsilon=0.001")
        try expectAgreement(BatchNorm.kind, shape + ",statistics=batch")
        for function in ["relu", "relu6", "silu", "hardsigmoid"] {
            try expectAgreement(BatchNorm.kind, shape + ",statistics=batch,act=\(function)")
        }
        try expectAgreement(InstanceNorm.kind, shape)
        try expectAgreement(GroupNorm.kind, shape + ",g=1")
    }

    @Test(arguments: [
        "c=12,size=5,g=12", "c=12,size=5,g=4", "n=3,c=12,h=1,w=3,g=3", "c=34,size=7,g=2", "n=2,c=35,size=6,g=5",
        "c=64,size=14,g=32", "c=2,size=1,g=2", "c=4,size=1,g=2", "n=2,c=6,h=7,w=11,g=2", "c=5,h=1,w=7,g=5",
        "c=96,size=9,g=3",
    ]) func groupsAgree(shape: String) throws {
        try expectAgreement(GroupNorm.kind, shape)
    }

    // MARK: References by hand

    @Test func layerNormByHand() throws {
        // Mean 3, variance 2; and a row that is constant, of which the shift is left.
        let y = try reference(
            LayerNorm.kind, "rows=2,f=5",
            ["x": [1, 2, 3, 4, 5, 7, 7, 7, 7, 7], "weight": [1, 1, 1, 2, 1], "bias": [0, 0, 0.5, 0, 1]])
        let unit = Float(1 / 2.00001.squareRoot())
        #expect(y == [-2 * unit, -unit, 0.5, 2 * unit, Float(2 / 2.00001.squareRoot() + 1), 0, 0, 0.5, 0, 1])
    }

    @Test func rmsNormByHand() throws {
        let y = try reference(RMSNorm.kind, "rows=2,f=2", ["x": [1, 7, 0, 0], "weight": [1, 2]])
        #expect(y == [Float(1 / 25.000001.squareRoot()), Float(14 / 25.000001.squareRoot()), 0, 0])
    }

    @Test func softmaxByHand() throws {
        let infinity = Float.infinity
        let y = try reference(Softmax.kind, "rows=3,f=2", ["x": [5, 5, 1000, -1000, 3, -infinity]])
        #expect(y == [0.5, 0.5, 1, 0, 1, 0])
    }

    @Test func batchNormByHand() throws {
        let y = try reference(
            BatchNorm.kind, "c=2,h=1,w=2",
            ["x": [1, 2, 3, 4], "weight": [2, 1], "bias": [0, 10], "mean": [1, 3], "variance": [3.99999, 0.99999]])
        for (found, expected) in zip(y, [0, 9, 2, 11] as [Float]) { #expect(abs(found - expected) < 1e-6) }
        let held = try reference(
            BatchNorm.kind, "c=1,h=1,w=2,epsilon=0.5,activation=relu",
            ["x": [1, -7], "weight": [2], "bias": [1], "mean": [0], "variance": [0.5]])
        #expect(held == [3, 0])
    }

    /// Of two images: the pixels 1 and 3 of a channel, 5 and 5 of the other.
    @Test func batchStatisticsByHand() throws {
        let y = try reference(
            BatchNorm.kind, "n=2,c=2,h=1,w=1,statistics=batch,eps=0.44",
            ["x": [1, 5, 3, 5], "weight": [2.4, 7], "bias": [10, -1]])
        #expect(zip(y, [8, -1, 12, -1]).allSatisfy { abs($0 - $1) < 1e-5 })
        let one = try reference(
            BatchNorm.kind, "c=1,h=1,w=1,statistics=batch", ["x": [3], "weight": [2], "bias": [0.5]])
        #expect(one == [0.5])
        let batch = try workload(BatchNorm.self, "n=2,c=8,h=3,w=5,statistics=batch")
        #expect(batch.name == "batch_norm[n=2,c=8,h=3,w=5,statistics=batch]")
        #expect(Costs(batch).parameters == 16 && Costs(batch).weightBytes == 64)
        #expect(batch.elementOperations.first == ElementOperations("add", 3 * 240 + 8))
    }

    @Test func instanceNormByHand() throws {
        // Channels 1 3 and 5 5: deviations -1 1 and 0 0.
        let y = try reference(InstanceNorm.kind, "c=2,h=2,w=1", ["x": [1, 5, 3, 5]])
        let unit = Float(1 / 1.00001.squareRoot())
        #expect(y == [-unit, 0, unit, 0])
    }

    @Test func groupNormByHand() throws {
        // The groups are 1 3, with mean 2, and 4 4, which is constant.
        let y = try reference(
            GroupNorm.kind, "c=4,size=1,g=2", ["x": [1, 3, 4, 4], "weight": [1, 2, 3, 4], "bias": [0, 1, 2, 3]])
        let unit = 1 / 1.00001.squareRoot()
        #expect(y == [Float(-unit), Float(2 * unit + 1), 2, 3])
    }

    // MARK: Inputs that hurt

    @Test(arguments: [0, 0.1, -3e5, 1e-30] as [Float]) func constantInputsHaveVarianceZero(value: Float) throws {
        try expectAgreement(LayerNorm.kind, "rows=3,f=331") { _ in value }
        try expectAgreement(RMSNorm.kind, "rows=3,f=331") { _ in value }
        try expectAgreement(Softmax.kind, "rows=3,f=331") { _ in value }
        try expectAgreement(BatchNorm.kind, "c=19,size=11") { _ in value }
        try expectAgreement(BatchNorm.kind, "n=2,c=19,size=11,statistics=batch") { _ in value }
        try expectAgreement(InstanceNorm.kind, "n=2,c=19,size=11") { _ in value }
        try expectAgreement(GroupNorm.kind, "n=2,c=18,size=11,g=3") { _ in value }
    }

    /// Deviations a thousandth of the mean: one pass over squares would lose them.
    @Test func deviationsThatAreSmallBesideTheMean() throws {
        let draws = Draws("deviations", seed: 1)
        let input = { (i: Int) in 1000 + draws.unit(i) }
        try expectAgreement(LayerNorm.kind, "rows=9,f=257", values: input)
        try expectAgreement(InstanceNorm.kind, "n=2,c=19,size=11", values: input)
        try expectAgreement(GroupNorm.kind, "n=2,c=18,size=11,g=3", values: input)
    }

    /// The first element is the one that the others are held against.
    @Test func theFirstElementFarFromTheOthers() throws {
        let draws = Draws("deviations", seed: 1)
        for first in [100, -1e4] as [Float] {
            try expectAgreement(LayerNorm.kind, "rows=9,f=257") { $0 % 257 == 0 ? first : draws.unit($0) }
            try expectAgreement(InstanceNorm.kind, "c=19,size=21") { $0 < 19 ? first : draws.unit($0) }
            try expectAgreement(GroupNorm.kind, "c=18,size=11,g=3") { $0 < 18 ? first : draws.unit($0) }
        }
    }

    @Test(arguments: [.nan, .infinity, -.infinity] as [Float]) func notFiniteStaysInItsRow(value: Float) throws {
        let draws = Draws("x", seed: 2)
        for place in [0, 18, 40, 56] {
            let input = { (i: Int) in i == place ? value : draws.unit(i) }
            try expectAgreement(LayerNorm.kind, "rows=3,f=19", values: input)
            try expectAgreement(RMSNorm.kind, "rows=3,f=19", values: input)
            try expectAgreement(Softmax.kind, "rows=3,f=19", values: input)
            try expectAgreement(BatchNorm.kind, "c=19,h=3,w=1", values: input)
            try expectAgreement(BatchNorm.kind, "c=19,h=3,w=1,statistics=batch", values: input)
            try expectAgreement(InstanceNorm.kind, "c=19,h=3,w=1", values: input)
            try expectAgreement(GroupNorm.kind, "n=3,c=19,size=1,g=1", values: input)
        }
        try expectAgreement(Softmax.kind, "rows=3,f=19") { $0 / 19 == 1 ? -.infinity : draws.unit($0) }
    }

    // MARK: Costs and errors

    @Test func costs() throws {
        let layer = Costs(try workload(LayerNorm.self, "rows=10,features=100"))
        #expect(layer.macs == 0)
        #expect(layer.parameters == 200)
        #expect(layer.operandBytes == 8000)
        #expect(
            layer.elementOperations == [
                ElementOperations("add", 3010), ElementOperations("subtract", 1000),
                ElementOperations("multiply", 3000), ElementOperations("divide", 20), ElementOperations("rsqrt", 10),
            ])
        let rms = Costs(try workload(RMSNorm.self, "rows=10,features=100"))
        #expect(rms.parameters == 100)
        #expect(rms.elementOperations.first == ElementOperations("multiply", 3000))
        let softmax = Costs(try workload(Softmax.self, "rows=10,features=100"))
        #expect(softmax.parameters == 0)
        #expect(softmax.elementOperations.contains(ElementOperations("exp", 1000)))
        let batch = try workload(BatchNorm.self, "batch=2,channels=8,size=3x5")
        // Scale and shift; the running statistics are read, but nobody learns them.
        #expect(Costs(batch).parameters == 16)
        #expect(Costs(batch).inputBytes == 4 * 2 * 8 * 15)
        // Four values a channel, where channels fill a vector.
        #expect(try workload(BatchNorm.self, "c=64,size=3").implementations[0].workspace.packedBytes == 4 * 4 * 64)
        #expect(batch.name == "batch_norm[n=2,c=8,h=3,w=5]")
        let instance = Costs(try workload(InstanceNorm.self, "n=2,c=8,h=3,w=5"))
        #expect(instance.parameters == 0)
        #expect(instance.elementOperations.contains(ElementOperations("rsqrt", 16)))
        #expect(instance.elementOperations.first == ElementOperations("add", 2 * 240 + 16))
        let group = Costs(try workload(GroupNorm.self, "n=2,c=8,h=3,w=5,groups=4"))
        #expect(group.parameters == 16)
        #expect(group.elementOperations.first == ElementOperations("add", 3 * 240 + 8))
    }

    @Test func impossibleShapes() throws {
        let groups = #expect(throws: ShapeError.self) { try workload(GroupNorm.self, "c=12,size=2,g=5") }
        #expect(groups?.message == "5 groups do not divide 12 channels")
        #expect(groups?.parameter == "groups")
        #expect(groups?.remedy == "use 4 or 6, the nearest that divide 12")
        let large = "2147483647"
        for text in ["rows=0,f=1", "rows=1,f=-1", "rows=1", "rows=\(large),f=\(large)", "rows=1,f=1,eps=2"] {
            #expect(throws: ShapeError.self) { try workload(LayerNorm.self, text) }
            #expect(throws: ShapeError.self) { try workload(RMSNorm.self, text) }
            #expect(throws: ShapeError.self) { try workload(Softmax.self, text) }
        }
        for text in ["c=1", "c=1,size=0", "n=0,c=1,size=1", "n=\(large),c=\(large),h=\(large),w=\(large)"] {
            #expect(throws: ShapeError.self) { try workload(BatchNorm.self, text) }
            #expect(throws: ShapeError.self) { try workload(InstanceNorm.self, text) }
            #expect(throws: ShapeError.self) { try workload(GroupNorm.self, text + ",g=1") }
        }
    }
}
