import Kernels
import Networks
import Settings
import Tensors
import TestSupport
import Testing
import Workloads

/// Networks with something wrong in them, verified layer by layer.
@Suite struct VerificationTests {
    private func network(_ name: String, _ text: String) throws -> Network {
        try #require(try model(name, text) as? Network)
    }

    /// Verifies a network whose graph after the passes, or single layers, were changed.
    @discardableResult
    private func verify(
        _ network: Network, preferring name: String = "native", choices: [Int: Implementation] = [:],
        change: (inout Graph) throws -> Void = { _ in }
    ) throws -> NetworkAnswer {
        var graph = try network.optimized
        try change(&graph)
        let plan = try NetworkPlan(graph, written: network.graph, preferring: name, choices: choices)
        let tensors = try Operands(allocating: network.operands)
        try network.fill(tensors, seed: 1)
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        return try plan.prepare(tensors, Setting("native")).verify()
    }

    /// A layer with a fault after it has run.
    private func faulty(
        _ layer: Layer, _ fault: @escaping @Sendable (Operands) -> Void
    ) throws -> Implementation {
        let right = try #require(layer.workload.implementations.first { $0.unsupported == nil })
        return Implementation("faulty", "for tests", threading: .any) { tensors, setting, _ in
            let prepared = try right.prepare(tensors, setting)
            return PreparedCall {
                prepared.run()
                fault(tensors)
            }
        }
    }

    private static let faults: [(String, @Sendable (Operands) -> Void)] = [
        (
            "zero",
            { tensors in
                let y = tensors["y"]
                if let place = (y.count / 2..<y.count).first(where: { y.floats[$0] != 0 }) { y.floats[place] = 0 }
            }
        ),
        ("relative", { tensors in tensors["y"].fill { tensors["y"].floats[$0] * 1.001 } }),
        ("unwritten", { tensors in tensors["y"].floats[tensors["y"].count - 1] = .nan }),
        (
            "channel",
            { tensors in
                let y = tensors["y"]
                for place in stride(from: 63, to: y.count, by: 64) { y.floats[place] *= 1.01 }
            }
        ),
    ]

    @Test(arguments: faults.map(\.0))
    func `a fault in one layer is found there`(fault: String) throws {
        let network = try network("resnet18", "resolution=32,classes=10")
        let wrong = try #require(Self.faults.first { $0.0 == fault }).1
        let layers = try network.optimized.layers
        let index = try #require(layers.firstIndex { $0.name == "layer1.1.conv1" })
        let choices = [index: try faulty(layers[index], wrong)]
        let error = #expect(throws: LayerFault.self) { try verify(network, choices: choices) }
        let message = try #require(error).message
        #expect(message.contains("layer 'layer1.1.conv1', conv2d["), "\(message)")
        #expect(message.contains("/faulty: y["))
        #expect(message.contains("the reference"))
        #expect(error?.deviation != nil)
    }

    /// Squeeze-and-excitation scales a map in its place.
    @Test func `a layer that writes over its input is judged by what it read`() throws {
        let network = try network("mobilenet_v3_small", "resolution=32,classes=10")
        let layers = try network.optimized.layers
        let index = try #require(layers.firstIndex { $0.kernel == "channel_scale" })
        try verify(network)
        let choices = [index: try faulty(layers[index], Self.faults[0].1)]
        let error = #expect(throws: LayerFault.self) { try verify(network, choices: choices) }
        #expect(try #require(error).message.contains("'\(layers[index].name)'"))
    }

    /// The first convolution of a block writes over the map that the second still needs as its residual.
    @Test func `a feature map that was written over is found by whoever reads it`() throws {
        let network = try network("resnet18", "resolution=32,classes=10")
        let layers = try network.optimized.layers
        let index = try #require(layers.firstIndex { $0.name == "layer1.1.conv1" })
        let choices = [index: try faulty(layers[index]) { $0["x"].floats[3] += 1 }]
        let error = #expect(throws: LayerFault.self) { try verify(network, choices: choices) }
        let message = try #require(error).message
        #expect(message.contains("layer 'layer1.1.conv2' reads what layer 'layer1.0.conv2' wrote"), "\(message)")
    }

    @Test func `a pass that folds wrongly is found, and blamed`() throws {
        let network = try network("resnet18", "resolution=32,classes=10")
        let error = #expect(throws: LayerFault.self) {
            try verify(network) { graph in
                let index = try #require(graph.layers.firstIndex { $0.name == "layer2.0.conv1" })
                graph.layers[index].weights["bias"] = .given("layer2.0.bn1.bias")
            }
        }
        let message = try #require(error).message
        #expect(message.contains("layer 'layer2.0.conv1'"))
        #expect(message.contains("by the passes"), "\(message)")
    }

    @Test func `a residual that is left out is found`() throws {
        let network = try network("resnet18", "resolution=32,classes=10")
        let error = #expect(throws: LayerFault.self) {
            try verify(network) { graph in
                let index = try #require(graph.layers.firstIndex { $0.name == "layer1.0.conv2" })
                graph.layers[index].workload = try graph.layers[index].workload.with(["residual": .flag(false)])
                graph.layers[index].inputs["residual"] = nil
            }
        }
        #expect(try #require(error).message.contains("layer 'layer1.0.conv2'"))
    }

    /// In these a change of the last place at the beginning is another answer at the end: no layer is wrong for that.
    @Test(arguments: ["efficientnet_b4", "mobilenet_v3_large"], ["native", "openblas"])
    func `a chaotic network is right`(name: String, implementation: String) throws {
        let answer = try verify(try network(name, "resolution=64,classes=10"), preferring: implementation)
        #expect(answer.worst != nil)
    }

    /// Both a network that tells rounding from a fault at its end and one that makes another answer of rounding.
    @Test(arguments: ["resnet18", "efficientnet_b4"])
    func `the end is held against the graph as written`(name: String) throws {
        let network = try network(name, "resolution=64,classes=10")
        let tensors = try Operands(allocating: network.operands)
        try network.fill(tensors, seed: 1)
        let expected = try tensors.withFreshOutputs(of: network.operands)
        try network.reference(expected)
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        let prepared = try network.plan(preferring: "native").prepare(tensors, Setting("native"))
        prepared.run()
        let before = tensors["x"].fingerprint()
        let answer = tensors["y"].fingerprint()
        try prepared.verifyEnd(against: expected)
        #expect(tensors["x"].fingerprint() == before)
        #expect(tensors["y"].fingerprint() == answer)
    }

    @Test func `another end than that of the graph as written is a fault`() throws {
        let network = try network("resnet18", "resolution=64,classes=10")
        let tensors = try Operands(allocating: network.operands)
        try network.fill(tensors, seed: 1)
        let expected = try tensors.withFreshOutputs(of: network.operands)
        try network.reference(expected)
        expected["y"].floats[3] *= 1.01
        expected["y"].floats[3] += 0.01
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        let prepared = try network.plan(preferring: "native").prepare(tensors, Setting("native"))
        prepared.run()
        let error = #expect(throws: LayerFault.self) { try prepared.verifyEnd(against: expected) }
        #expect(try #require(error).message.contains("the end of the network"))
        #expect(try #require(error).message.contains("y[3] is"))
    }

    @Test func `the fingerprint is that of every layer, and the same each time`() throws {
        let network = try network("mobilenet_v3_small", "resolution=32,classes=10")
        let plan = try network.plan(preferring: "native")
        let tensors = try Operands(allocating: network.operands)
        try network.fill(tensors, seed: 1)
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        let prepared = try plan.prepare(tensors, Setting("native"))
        let verified = try prepared.verify().fingerprint
        prepared.run()
        #expect(prepared.fingerprint() == verified)
        prepared.spoil()
        #expect(prepared.fingerprint() == verified)
        tensors["x"].floats[0] += 1
        #expect(prepared.fingerprint() != verified)
    }

    @Test func `memory for verifying is counted before`() throws {
        let network = try network("resnet18", "resolution=64")
        let plan = try network.plan(preferring: "native")
        #expect(plan.verificationBytes > 0)
        #expect(network.referenceBytes > plan.memory.lowerBound)
    }
}
