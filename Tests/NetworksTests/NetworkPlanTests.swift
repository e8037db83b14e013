import Networks
import Testing
import Workloads

@Suite struct NetworkPlanTests {
    @Test func `activations and workspace are counted apart`() throws {
        let network = try #require(try model("resnet18", "resolution=64") as? Network)
        let plan = try network.plan(preferring: "openblas")
        let implementation = try #require(network.implementations.first { $0.name == "openblas" })
        #expect(implementation.activationBytes == plan.memory.bytes)
        #expect(plan.memory.bytes > 0)
        #expect(
            implementation.workspace.bytes(threads: 1)
                == plan.implementations.reduce(0) { $0 + $1.workspace.bytes(threads: 1) })
    }

    @Test func `a block of RepVGG is one convolution, or three branches`() throws {
        func varieties(_ text: String) throws -> [String] {
            try #require(try model("repvgg_block", "channels=8,resolution=7,\(text)") as? Network)
                .optimized.layers.map(\.variety)
        }
        #expect(try varieties("without=none") == ["conv2d 3x3"])
        #expect(try varieties("reparameterized=true") == ["conv2d 3x3"])
        #expect(
            try varieties("without=merge-branches") == [
                "conv2d 3x3", "conv2d 1x1", "batch_norm", "add", "activation",
            ])
        #expect(Costs(try model("repvgg_block", "channels=8")).parameters == 8 * 8 * 10 + 6 * 8)
    }

    @Test func `varieties tell convolutions apart`() throws {
        let network = try #require(try model("mobilenet_v2", "resolution=32") as? Network)
        #expect(
            try Set(network.optimized.layers.map(\.variety))
                == ["conv2d 3x3", "conv2d 1x1", "conv2d depthwise 3x3", "pool2d", "matmul"])
        let grouped = try #require(try model("resnext50_32x4d", "resolution=32") as? Network)
        #expect(try Set(grouped.optimized.layers.map(\.variety)).contains("conv2d grouped 3x3"))
    }
}
