import Kernels
import Tensors
import Testing
import Workloads

@Suite struct MatMulTests {
    @Test(arguments: [
        "m=1,k=1,n=1", "m=1,k=7,n=13", "m=13,k=1,n=7", "m=7,k=13,n=1", "m=17,k=19,n=23,bias=true",
        "b=3,m=5,k=64,n=33", "b=2,m=1,k=300,n=65,bias=true",
        // One row, which BLAS multiplies as a vector.
        "m=1,k=300,n=65", "m=1,k=300,n=65,bias=true,transposed=true", "m=1,k=1100,n=70,act=silu,transposed=true",
        // Sums in parts, of rows that are copied and not; several blocks of tiles and of panels.
        "m=15,k=1537,n=33,bias=true", "m=3,k=3072,n=70", "m=131,k=1024,n=40", "m=20,k=700,n=400",
        // Epilogues, over whole tiles and at the edge, with sums in parts.
        "m=17,k=19,n=75,bias=true,act=relu", "m=17,k=1600,n=75,act=relu6,residual=true",
        "m=5,k=2048,n=33,bias=true,act=gelu,residual=true", "m=30,k=7,n=64,act=gelu_tanh,residual=true",
        "m=3,k=65,n=300,bias=true,act=silu", "m=7,k=9,n=31,act=hardswish", "m=1,k=33,n=3,act=sigmoid,residual=true",
    ]) func implementationsAgree(shape: String) throws {
        try expectAgreement(MatMul.kind, shape)
    }

    @Test func oneRowIsAVector() throws {
        func summary(_ shape: String) throws -> String? {
            try workload(MatMul.self, shape).implementations.first { $0.name == "openblas" }?.summary
        }
        #expect(try summary("m=1,k=3,n=2") == "one sgemv")
        #expect(try summary("m=2,k=3,n=2") == "one sgemm")
    }

    @Test func referenceByHand() throws {
        let y = try reference(
            MatMul.kind, "m=2,k=3,n=2,bias=true",
            ["x": [1, 2, 3, 4, 5, 6], "weight": [1, 0, 0, 1, 2, -1], "bias": [10, 20]])
        #expect(y == [17, 19, 26, 19])
    }

    @Test(arguments: [.nan, .infinity, -.infinity] as [Float]) func notFiniteStaysInItsRow(value: Float) throws {
        let draws = Draws("x", seed: 2)
        try expectAgreement(MatMul.kind, "b=2,m=3,k=19,n=23,bias=true") { $0 == 80 ? value : draws.unit($0) }
    }

    @Test func epilogueByHand() throws {
        let given: [String: [Float]] = [
            "x": [1, 2], "weight": [1, 0, -1, 0, 1, 0], "bias": [10, 20, 0], "residual": [-20, 1, 1],
        ]
        #expect(try reference(MatMul.kind, "m=1,k=2,n=3,bias=true,residual=true", given) == [-9, 23, 0])
        #expect(try reference(MatMul.kind, "m=1,k=2,n=3,bias=true,residual=true,act=relu6", given) == [0, 6, 0])
    }

    /// A residual that is not finite reaches its element only, and a NaN is no less than a bound.
    @Test(arguments: ["relu", "relu6", "silu"], [.nan, .infinity] as [Float])
    func notFiniteResidual(act: String, value: Float) throws {
        let draws = Draws("residual", seed: 2)
        try expectAgreement(MatMul.kind, "m=5,k=19,n=37,residual=true,act=\(act)", operand: "residual") {
            $0 == 80 ? value : draws.unit($0)
        }
    }

    /// Names from before there were epilogues are names still.
    @Test func nameLeavesOutWhatIsNotAskedFor() throws {
        #expect(try workload(MatMul.self, "m=1,k=2,n=3,act=none").name == "matmul[b=1,m=1,k=2,n=3,bias=false]")
        #expect(
            try workload(MatMul.self, "m=1,k=2,n=3,activation=gelu,residual=true").name
                == "matmul[b=1,m=1,k=2,n=3,bias=false,act=gelu,residual=true]")
    }

    @Test func costs() throws {
        let ended = Costs(try workload(MatMul.self, "m=2,k=3,n=5,bias=true,residual=true,act=hardswish"))
        #expect(
            ended.elementOperations == [
                ElementOperations("add", 30), ElementOperations("compare", 20), ElementOperations("multiply", 10),
                ElementOperations("divide", 10),
            ])
        #expect(ended.inputBytes == 4 * (2 * 3 + 2 * 5))

        let costs = Costs(try workload(MatMul.self, "b=2,m=197,k=768,n=3072,bias=true"))
        #expect(costs.macs == 2 * 197 * 768 * 3072)
        #expect(costs.parameters == 768 * 3072 + 3072)
        #expect(costs.elementOperations == [ElementOperations("add", 2 * 197 * 3072)])
    }
}
