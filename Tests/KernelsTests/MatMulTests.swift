import Kernels
import Tensors
import Testing
import Workloads

@Suite struct MatMulTests {
    @Test(arguments: [
        "m=1,k=1,n=1", "m=1,k=7,n=13", "m=13,k=1,n=7", "m=7,k=13,n=1", "m=17,k=19,n=23,bias=true",
        "b=3,m=5,k=64,n=33", "b=2,m=1,k=300,n=65,bias=true",
    ]) func implementationsAgree(shape: String) throws {
        try expectAgreement(MatMul.self, shape)
    }

    @Test func referenceByHand() throws {
        let y = try reference(
            MatMul.self, "m=2,k=3,n=2,bias=true",
            ["x": [1, 2, 3, 4, 5, 6], "weight": [1, 0, 0, 1, 2, -1], "bias": [10, 20]])
        #expect(y == [17, 19, 26, 19])
    }

    @Test(arguments: [.nan, .infinity, -.infinity] as [Float]) func notFiniteStaysInItsRow(value: Float) throws {
        let draws = Draws("x", seed: 2)
        try expectAgreement(MatMul.self, "b=2,m=3,k=19,n=23,bias=true") { $0 == 80 ? value : draws.unit($0) }
    }

    @Test func costs() throws {
        let costs = Costs(try workload(MatMul.self, "b=2,m=197,k=768,n=3072,bias=true"))
        #expect(costs.macs == 2 * 197 * 768 * 3072)
        #expect(costs.parameters == 768 * 3072 + 3072)
        #expect(costs.elementOperations == [ElementOperations("add", 2 * 197 * 3072)])
    }
}
