import Foundation
import Kernels
import Tensors
import Testing
import Workloads

/// Kernels that go through the rows of nodes: gates, norms, heads, blends.
@Suite struct RowTests {
    private static let rows = [
        "rows=1,f=1", "rows=3,f=1", "rows=1,f=2", "rows=300,f=2", "rows=7,f=13", "rows=5,f=15", "rows=5,f=16",
        "rows=5,f=17", "rows=31,f=33", "rows=3,f=64", "rows=19,f=127", "rows=3,f=129", "rows=2,f=4099",
        "rows=1009,f=5",
    ]

    @Test(arguments: rows) func `rows agree`(shape: String) throws {
        try expectAgreement(GRUGates.kind, shape)
        try expectAgreement(LSTMGates.kind, shape)
        try expectAgreement(L2Norm.kind, shape)
        try expectAgreement(GatedAdd.kind, shape)
        try expectAgreement(BiasAdd.kind, shape)
        for function in ["relu", "relu6", "gelu", "silu", "hardswish", "sigmoid"] {
            try expectAgreement(BiasAdd.kind, "\(shape),act=\(function)")
        }
    }

    @Test(arguments: [
        "rows=1,h=1,d=1", "rows=7,h=1,d=3", "rows=300,h=8,d=2", "rows=5,h=3,d=4", "rows=31,h=8,d=8", "rows=9,h=2,d=15",
        "rows=9,h=2,d=16", "rows=9,h=5,d=17", "rows=4,h=1,d=64", "rows=2,h=3,d=257", "rows=13,h=64,d=1",
    ]) func `heads agree`(shape: String) throws {
        try expectAgreement(HeadScores.kind, shape)
        try expectAgreement(HeadMean.kind, shape)
    }

    @Test(arguments: [
        "rows=1,count=1,f=1", "rows=1,count=17,f=3", "rows=100,count=3,f=33", "rows=17,count=200,f=16",
        "rows=50,count=50,f=1,seed=7",
    ]) func `gathered rows agree`(shape: String) throws { try expectAgreement(Gather.kind, shape) }

    @Test(arguments: [1, 2, 15, 16, 17, 33, 1009]) func `scaled sums agree`(count: Int) throws {
        for scales in ["alpha=0.9,beta=0.1", "alpha=-1", "beta=2.5", "eps=true", "alpha=0.5,beta=0,eps=true"] {
            try expectAgreement(Add.kind, "elements=\(count),\(scales)")
        }
    }

    // MARK: References by hand

    private static func tanh(_ x: Double) -> Float { Float(Foundation.tanh(x)) }

    @Test func `a GRU by hand`() throws {
        // Gates half open: sigmoid(0) = 1/2. The new state is tanh(1/2 + 1/2 * 1) = tanh 1.
        let half = try reference(
            GRUGates.kind, "rows=1,f=1", ["x": [1, -2, 0.5], "g": [-1, 2, 1], "h": [3]])
        #expect(abs(half[0] - (0.5 * Self.tanh(1) + 1.5)) < 1e-6)
        // Two features, so that the order of the gates shows: a shut reset gate leaves tanh(x_n); z of 1 keeps h.
        let far: Float = 200
        let y = try reference(
            GRUGates.kind, "rows=1,f=2",
            ["x": [-far, far, -far, far, 0.25, 0.25], "g": [0, 0, 0, 0, 0.5, 0.5], "h": [7, 9]])
        #expect(y == [Self.tanh(0.25), 9])
    }

    @Test func `an LSTM by hand`() throws {
        let far: Float = 200
        let workload = try workload(LSTMGates.self, "rows=1,f=2")
        let tensors = try Operands(allocating: workload.operands)
        // The first feature forgets and takes in tanh 1; the second keeps its cell. The output gates are 1 and 1/2.
        let x: [Float] = [far, -far, -far, far, 0.5, 5, far, 0]
        let g: [Float] = [0, 0, 0, 0, 0.5, 5, 0, 0]
        tensors["x"].fill { x[$0] }
        tensors["g"].fill { g[$0] }
        tensors["c"].fill { [4, 0.75][$0] }
        workload.reference(tensors)
        #expect(tensors["c_next"].elements == [Self.tanh(1), 0.75])
        let expected = [Self.tanh(Double(Self.tanh(1))), 0.5 * Self.tanh(0.75)]
        #expect(zip(tensors["h"].elements, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    /// Of small states the digits count too, as in the first step of a sequence.
    @Test func `small states keep their digits`() throws {
        let draws = Draws("small", seed: 1)
        for operand in ["x", "g", "h"] {
            let workload = try workload(GRUGates.self, "rows=9,f=37")
            let tensors = try Operands(allocating: workload.operands)
            for name in ["x", "g", "h"] {
                tensors[name].fill { (draws.unit($0) - 0.5) * (name == operand ? 1e-3 : 1e-6) }
            }
            workload.reference(tensors)
            let answer = try tensors.withFreshOutputs(of: workload.operands)
            try workload.implementations[0].prepare(answer, workload.implementations[0].setting()).run()
            #expect(answer["y"].error(against: tensors["y"]).largest < 2e-6, "\(operand)")
        }
    }

    @Test func `lengths by hand`() throws {
        let y = try reference(L2Norm.kind, "rows=3,f=2", ["x": [3, -4, 0, 0, 1e-13, 0]])
        #expect(y == [0.6, -0.8, 0, 0, Float(Double(Float(1e-13)) / 1e-12), 0])
    }

    @Test func `heads by hand`() throws {
        let x: [Float] = [1, 2, 3, 4, 5, 6, 7, 8]
        let scores = try reference(HeadScores.kind, "rows=2,h=2,d=2", ["x": x, "weight": [1, 10, 2, -1]])
        #expect(scores == [21, 2, 65, 6])
        #expect(try reference(HeadMean.kind, "rows=2,h=2,d=2", ["x": x]) == [2, 3, 6, 7])
    }

    @Test func `blends and sums by hand`() throws {
        let y = try reference(
            GatedAdd.kind, "rows=2,f=2", ["a": [1, 2, 3, 4], "b": [5, 6, 7, 8], "gate": [0.25, 1]])
        #expect(y == [4, 5, 3, 4])
        let sums = try reference(
            Add.kind, "elements=2,alpha=2,beta=0.5,eps=true", ["a": [1, 2], "b": [4, -4], "eps": [0.25]])
        #expect(sums == [5, 1])
        let biased = try reference(
            BiasAdd.kind, "rows=2,f=2,act=relu", ["x": [1, 2, -3, 0.5], "bias": [1, -1]])
        #expect(biased == [2, 1, 0, 0])
    }

    @Test func `numbers of rows are taken as they are`() throws {
        let workload = try workload(Gather.self, "rows=3,count=4,f=2")
        let tensors = try Operands(allocating: workload.operands)
        let index: [Int32] = [2, 0, 0, 1]
        for (place, row) in index.enumerated() { tensors["index"].ints[place] = row }
        tensors["x"].fill { Float($0) }
        workload.reference(tensors)
        #expect(tensors["y"].elements == [4, 5, 0, 1, 0, 1, 2, 3])
    }

    @Test(arguments: [.nan, .infinity, -.infinity] as [Float]) func `what is not finite stays in its row`(value: Float)
        throws
    {
        let draws = Draws("x", seed: 2)
        for place in [0, 18, 40, 56] {
            let input = { (i: Int) in i == place ? value : draws.unit(i) }
            try expectAgreement(L2Norm.kind, "rows=3,f=19", values: input)
            try expectAgreement(GRUGates.kind, "rows=3,f=19", values: input)
            try expectAgreement(BiasAdd.kind, "rows=3,f=19,act=sigmoid", values: input)
            try expectAgreement(HeadMean.kind, "rows=3,h=1,d=19", values: input)
            try expectAgreement(HeadScores.kind, "rows=3,h=1,d=19", values: input)
        }
    }

    // MARK: Costs and errors

    @Test func `costs`() throws {
        let scores = Costs(try workload(HeadScores.self, "rows=10,heads=4,dim=8"))
        #expect(scores.macs == 320 && scores.parameters == 32 && scores.elementOperations.isEmpty)
        let gru = Costs(try workload(GRUGates.self, "rows=10,features=3"))
        #expect(gru.macs == 0 && gru.parameters == 0 && gru.inputBytes == 4 * 7 * 30 && gru.outputBytes == 120)
        #expect(gru.elementOperations.contains(ElementOperations("tanh", 30)))
        let lstm = Costs(try workload(LSTMGates.self, "rows=10,features=3"))
        #expect(lstm.inputBytes == 4 * 9 * 30 && lstm.outputBytes == 240)
        #expect(lstm.elementOperations.contains(ElementOperations("tanh", 60)))
        let bias = Costs(try workload(BiasAdd.self, "rows=10,features=3,activation=gelu"))
        #expect(bias.parameters == 3 && bias.elementOperations.first == ElementOperations("add", 60))
        let gather = Costs(try workload(Gather.self, "rows=10,count=4,features=3"))
        #expect(gather.macs == 0 && gather.outputBytes == 48 && gather.elementOperations.isEmpty)
    }

    /// A name says a scale only where there is one.
    @Test func `names and costs of scaled sums`() throws {
        #expect(try workload(Add.self, "elements=12,alpha=1").name == "add[elements=12]")
        let scaled = try workload(Add.self, "elements=12,alpha=0.9,beta=0.1")
        #expect(scaled.name == "add[elements=12,alpha=0.9,beta=0.1]")
        #expect(scaled.elementOperations == [ElementOperations("add", 12), ElementOperations("multiply", 24)])
        let learned = try workload(Add.self, "elements=12,eps=true")
        #expect(learned.elementOperations == [ElementOperations("add", 13), ElementOperations("multiply", 12)])
        #expect(Costs(learned).parameters == 1)
    }

    @Test func `impossible shapes`() {
        let large = "2147483647"
        for kind in [GRUGates.kind, LSTMGates.kind, L2Norm.kind, GatedAdd.kind, BiasAdd.kind] {
            expectRefusal(kind, "rows=0,f=1", at: "rows")
            expectRefusal(kind, "rows=\(large),f=\(large)", at: nil, "smaller")
        }
        for kind in [HeadScores.kind, HeadMean.kind] {
            expectRefusal(kind, "rows=1,h=0,d=1", at: "h")
            expectRefusal(kind, "rows=\(large),h=\(large),d=4", at: nil, "smaller")
        }
        expectRefusal(Gather.kind, "rows=1,count=-1,f=1", at: "count")
        expectRefusal(Gather.kind, "rows=\(large),count=1,f=\(large)", at: nil, "smaller")
        expectRefusal(Add.kind, "elements=1,alpha=1e9", at: "alpha")
    }
}
