import Kernels
import Testing
import Workloads

@Suite struct BatchMatMulTests {
    /// Small ones, flat ones, those that fill tiles and those that do not; fewer and more than there are threads.
    @Test(
        arguments: [
            "m=1,k=1,n=1", "b=5,m=3,k=4,n=2", "b=2,m=7,k=129,n=31", "b=3,m=1,k=300,n=70", "b=17,m=8,k=8,n=8",
            "m=70,k=65,n=67", "b=2,m=9,k=200,n=33", "b=4,m=40,k=33,n=16", "m=20,k=1024,n=40", "b=3,m=13,k=1700,n=5",
            "b=2,m=8,k=4099,n=1", "b=9,m=33,k=20,n=97",
        ], ["", ",ta=true", ",tb=true", ",ta=true,tb=true"])
    func `products agree`(shape: String, turned: String) throws {
        try expectAgreement(BatchMatMul.kind, shape + turned)
    }

    @Test func `products by hand`() throws {
        // [1 2; 3 4] [5 6; 7 8], and the second pair is the first turned about.
        let (a, w): ([Float], [Float]) = ([1, 2, 3, 4, 5, 6, 7, 8], [5, 6, 7, 8, 1, 2, 3, 4])
        let y = try reference(BatchMatMul.kind, "b=2,m=2,k=2,n=2", ["a": a, "w": w])
        #expect(y == [19, 22, 43, 50, 23, 34, 31, 46])
        let (left, right): ([Float], [Float]) = ([1, 3, 2, 4], [5, 7, 6, 8])
        let turned = try reference(
            BatchMatMul.kind, "m=2,k=2,n=2,transposed_a=true,transposed_b=true", ["a": left, "w": right])
        #expect(turned == [19, 22, 43, 50])
    }

    @Test func `costs and errors`() throws {
        let costs = Costs(try workload(BatchMatMul.self, "batch=3,m=4,k=5,n=6,ta=true"))
        #expect(costs.macs == 360 && costs.parameters == 0)
        #expect(costs.inputBytes == 4 * 3 * (20 + 30) && costs.outputBytes == 4 * 3 * 24)
        let name = try workload(BatchMatMul.self, "m=4,k=5,n=6,tb=true").name
        #expect(name == "bmm[b=1,m=4,k=5,n=6,ta=false,tb=true]")
        let large = "2147483647"
        expectRefusal(BatchMatMul.kind, "m=0,k=1,n=1", at: "m")
        expectRefusal(BatchMatMul.kind, "b=\(large),m=\(large),k=\(large),n=1", at: nil, "smaller")
    }
}
