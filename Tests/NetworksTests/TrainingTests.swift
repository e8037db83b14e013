import Networks
import Settings
import Tensors
import TestSupport
import Testing
import Workloads

/// Training steps: forward, loss, backward, update.
@Suite struct TrainingTests {
    private static let gcn = "nodes=34,edges=156,ci=20,classes=4,mode=training"

    /// A prepared step with its operands.
    private func step(_ name: String, _ text: String, threads: Int = 1) throws -> (PreparedNetwork, Operands) {
        let model = try model(name, text)
        let tensors = try Operands(allocating: model.operands)
        try model.fill(tensors, seed: 1)
        let native = try #require(model.implementations.first)
        let prepared = try native.prepare(tensors, native.setting(threads: threads))
        return (try #require(prepared as? PreparedNetwork), tensors)
    }

    /// Every layer is right, at first and after the parameters have changed.
    @Test(arguments: ["sgd", "sgd,momentum=0.9,weight_decay=0.01", "adam", "adamw,weight_decay=0.01"])
    func everyLayerIsRight(optimizer: String) throws {
        for threads in [1, 3] {
            let (network, _) = try step("gcn", Self.gcn + ",optimizer=\(optimizer)", threads: threads)
            oneAtATime.lock()
            defer { oneAtATime.unlock() }
            for _ in 0..<2 {
                #expect(throws: Never.self) { _ = try network.verify() }
                for _ in 0..<3 { network.run() }
            }
        }
    }

    @Test(arguments: ["sgc", "appnp", "cheb"]) func otherNetworksAreRight(name: String) throws {
        let (network, _) = try step(name, Self.gcn + ",optimizer=adam")
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        for _ in 0..<2 {
            #expect(throws: Never.self) { _ = try network.verify() }
            network.run()
        }
    }

    @Test func theLossGoesDown() throws {
        let (network, tensors) = try step("gcn", Self.gcn + ",optimizer=adam,lr=0.05")
        network.run()
        let first = tensors["loss"][0]
        for _ in 0..<100 { network.run() }
        #expect(tensors["loss"][0] < first / 2)
    }

    /// Rows without a label do not count.
    @Test func onlyLabelledRowsCount() throws {
        let (network, tensors) = try step("gcn", Self.gcn + ",labelled=0")
        let before = tensors["conv1.lin.weight"].fingerprint()
        network.run()
        #expect(tensors["loss"][0] == 0)
        #expect(tensors["conv1.lin.weight"].fingerprint() == before)
    }

    /// Forward: two products and two weighted sums. Backward: the product by the first weight, both of the second, and both sums; the
    /// gradient of the input is not computed.
    @Test func multiplyAddsAreCounted() throws {
        let (nodes, edges) = (2708, 13_264)
        let (first, second) = (nodes * 1433 * 16, nodes * 16 * 7)
        let sums = edges * (16 + 7)
        let training = Costs(try model("gcn", "graph=cora,mode=training"))
        #expect(training.macs == 2 * first + 3 * second + 2 * sums)
        #expect(training.parameters == Costs(try model("gcn", "graph=cora")).parameters)
    }

    /// A step computes with weights that change. What needs them packed is not chosen unless it packs them again.
    @Test func parametersAreStates() throws {
        let model = try #require(try model("gcn", Self.gcn + ",optimizer=adam") as? Network)
        let roles = Dictionary(uniqueKeysWithValues: model.operands.map { ($0.name, $0.role) })
        #expect(roles["conv1.lin.weight"] == .state && roles["optimizer.conv2.bias.exp_avg"] == .state)
        #expect(roles["labels"] == .input && roles["loss"] == .output)
        let plan = try model.plan(preferring: "native")
        for (layer, implementation) in zip(plan.graph.layers, plan.implementations) where layer.hasTrainedWeights {
            #expect(implementation.renews || implementation.workspace.packedBytes == 0)
        }
    }

    /// The graph that gradients go along is made once, however many layers share it.
    @Test func layersShareWhatDependsOnTheGraph() throws {
        let model = try #require(try model("gcn", Self.gcn) as? Network)
        let transposed = model.graph.layers.filter { $0.kernel == "transposed_graph" }
        #expect(transposed.count == 1 && transposed.allSatisfy(\.runsOnce))
    }

    @Test func whatHasNoGradientIsRefused() throws {
        let layer = try #require(throws: ShapeError.self) {
            _ = try model("resnet18", "resolution=32,classes=4,mode=training")
        }
        #expect(layer.message.contains("there are no gradients of") && layer.message.contains("layer '"))
        let outputs = try #require(throws: ShapeError.self) {
            _ = try model("retinanet_resnet50_fpn", "resolution=64,classes=5,mode=training")
        }
        #expect(outputs.message.contains("cannot be trained"))
    }
}
