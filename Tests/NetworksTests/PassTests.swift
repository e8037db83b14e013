import Networks
import Testing
import Workloads

@Suite struct PassTests {
    @Test(arguments: ["none"] + Passes.all.map(\.name))
    func `a network computes the same without any one pass`(pass: String) throws {
        try expectAgreement("repvgg_a0", "resolution=32,classes=10,without=\(pass)")
        try expectAgreement("mobilenet_v2", "resolution=32,classes=10,width=0.35,without=\(pass)")
        try expectAgreement("resnet18", "resolution=32,classes=10,without=\(pass)")
        try expectAgreement("convnext_tiny", "resolution=32,width=24,depths=1+1+1+1,classes=10,without=\(pass)")
        try expectAgreement("vit_b_16", "resolution=32,depth=1,width=96,heads=3,classes=10,without=\(pass)")
        try expectAgreement("densenet121", "resolution=32,classes=10,growth=4,without=\(pass)")
        try expectAgreement("mobilenet_v3_small", "resolution=32,classes=10,without=\(pass)")
    }

    @Test func `passes leave what they promise`() throws {
        func kernels(_ name: String, _ text: String) throws -> [String] {
            try #require(try model(name, text) as? Network).optimized.layers.map(\.kernel)
        }
        // 20 convolutions, the classifier, two pools: nothing else is left of a ResNet-18.
        #expect(try Set(kernels("resnet18", "resolution=32")) == ["conv2d", "matmul", "pool2d"])
        #expect(try kernels("resnet18", "resolution=32").count == 23)
        // Every block of a RepVGG is one convolution.
        #expect(try kernels("repvgg_a0", "resolution=32").count { $0 == "conv2d" } == 22)
        #expect(try kernels("repvgg_a0", "resolution=32,without=merge-branches").count { $0 == "conv2d" } == 44)
        // Layer scale, activation and residual of a block are part of its linear layers.
        #expect(try Set(kernels("convnext_tiny", "resolution=32")) == ["conv2d", "layer_norm", "matmul", "pool2d"])
        #expect(
            try kernels("convnext_tiny", "resolution=32,without=fold-layer-scale").count { $0 == "channel_scale" } == 18
        )
        #expect(
            try Set(kernels("vit_b_16", "resolution=32"))
                == ["attention", "channel_slice", "class_token", "conv2d", "layer_norm", "matmul"])
        // A batch norm behind a concatenation stays, with its nonlinearity.
        #expect(try kernels("densenet121", "").count { $0 == "batch_norm" } == 62)
        #expect(try !kernels("densenet121", "").contains("activation"))
        #expect(try kernels("mobilenet_v3_large", "").contains("channel_scale"))
        #expect(try Set(kernels("mobilenet_v3_large", "")).isDisjoint(with: ["batch_norm", "activation", "identity"]))
        #expect(try kernels("mobilenet_v2", "resolution=32,without=drop-identity").contains("identity"))
        #expect(try kernels("resnet18", "resolution=32,without=fold-batch-norm").contains("batch_norm"))
        #expect(try kernels("resnet18", "resolution=32,without=fuse-residual").contains("add"))
        #expect(try kernels("resnet18", "resolution=32,without=fuse-activation").contains("activation"))
    }

    /// With default sizes; operators of graph networks and others that have none are planned by their examples.
    @Test(arguments: ModelCatalog.models.map(\.schema).map { ($0.name, $0.example) })
    func `the plan's memory is near the least that the live maps need`(name: String, example: String) throws {
        let model = try (try? model(name)) ?? model(name, example)
        let plan = try #require(model as? Network).plan(preferring: "native")
        #expect(plan.memory.bytes >= plan.memory.lowerBound)
        #expect(Double(plan.memory.bytes) <= 1.1 * Double(plan.memory.lowerBound))
    }
}
