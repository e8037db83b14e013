import Kernels
import Networks
import Platform
import Results
import Running
import Settings
import Tensors
import Testing
import Workers
import Workloads

/// Kernels and networks with states, several outputs and elements that are no floats, by all that a case goes through.
@Suite struct LayerGraphTests {
    @Test(arguments: ["counter[n=1000]/right", "training_norm[rows=40,c=100]/native", "trained/native"], [nil, 1])
    func aStateBeginsAnewForEachVerification(name: String, cold: Int?) throws {
        let (first, stages) = try Catalog.test.measured(name) { $0.coldBeyond = cold }
        #expect(stages.contains("computing the reference"))
        var known = KnownAnswer(outputs: try #require(first.outputs), answer: first.answer)
        known.answer.verified = "2026-01-31T12:00:00Z"
        let (second, later) = try Catalog.test.measured(name) {
            $0.known = known
            $0.coldBeyond = cold
        }
        #expect(!later.contains("computing the reference"))
        #expect(second.outputs == first.outputs)
    }

    @Test(
        arguments: [
            ("counter/forgetful", ["count[0] is 0"]), ("counter/later", ["after some calls", "count[0] is 2"]),
            ("training_norm[rows=6,c=3]/forgetful", ["the reference"]),
            ("trained[layers=\"norm=forgetful\"]/native", ["layer 'norm', training_norm["]),
            ("trained[layers=\"peak=shifted\"]/native", ["layer 'peak', row_peak[", "index[1]"]),
            ("trained[layers=\"peak=silent\"]/native", ["layer 'peak', row_peak[", "index[0] is -1"]),
        ] as [(String, [String])])
    func whatIsWrongWithAStateOrASecondOutputIsFound(name: String, words: [String]) throws {
        guard case .failed(let failure, _) = try Catalog.test.measure(name).message else {
            return #expect(Bool(false), "no failure")
        }
        #expect(failure.kind == .disagrees)
        for word in words { #expect(failure.message.contains(word), "\(failure.message)") }
    }

    @Test func profilesAndTurnsHaveThemToo() throws {
        let service = WorkerService(catalog: .test) { _ in }
        var options = SamplingOptions()
        options.samples = 3
        let profile = try service.profile(ProfileTask(name: "trained/native", seed: 1, sampling: options))
        guard case .profiled(let profiled) = profile else { return #expect(Bool(false), "\(profile)") }
        #expect(profiled.plan?.layers.map(\.name).contains("peak") == true)
        let task = TurnsTask(name: "trained/native/f32/t1", seed: 1, verifies: true)
        var turns = 3
        let failure = try service.takeTurns(task) {
            turns -= 1
            return turns > 0 ? TurnRequest(warmup: 1, calls: 2) : nil
        }
        #expect(failure == nil)
    }

    private func network() throws -> Network {
        try #require(try Catalog.test.models[0].workload(from: []) as? Network)
    }

    /// As many runs change a state as much, whether planned or layer by layer in plain loops.
    @Test func aStateGoesFromRunToRun() throws {
        let network = try network()
        let tensors = try Operands(allocating: network.operands)
        try network.fill(tensors, seed: 1)
        let expected = try tensors.withFreshOutputs(of: network.operands)
        let before = try tensors["norm.mean"].copied()
        let prepared = try network.plan(preferring: "native").prepare(tensors, Setting("native"))
        for _ in 0..<3 {
            prepared.run()
            try network.reference(expected)
            for name in ["norm.mean", "norm.variance", "moments", "y"] {
                #expect(tensors[name].error(against: expected[name]).largest < 1e-5, "\(name)")
            }
        }
        #expect(tensors["norm.mean"].error(against: before).largest > 0.1)
        #expect(try prepared.verify().worst != nil)
    }

    @Test func thePlanSaysWhereEveryFeatureMapStood() throws {
        let plan = try #require(try Catalog.test.measured("trained/native").0.plan)
        #expect(plan.passes.contains("fold-batch-norm"))
        #expect(plan.layers.map(\.name) == ["stem", "conv", "norm", "relu", "peak", "pick", "add", "add"])
        #expect(plan.layers[4].writes.count == 2 && plan.layers[4].implementation == "native")
        let places = Dictionary(uniqueKeysWithValues: plan.places.map { ($0.feature, $0) })
        #expect(places[plan.layers[4].writes[1]]?.element == "i32")
        #expect(places[plan.layers[4].writes[1]]?.bytes == 4 * 36)
        // Two values of each state, before the norm and after it, and neither in the block.
        let states = plan.places.filter { $0.operand?.hasPrefix("norm.") == true }
        #expect(states.count == 4 && states.allSatisfy { $0.offset == nil })
        #expect(plan.places.filter { $0.operand == nil }.allSatisfy { $0.offset != nil })
        #expect(plan.fullest?.layer.name == "peak" && plan.inconsistency == nil)
        #expect(try JSONLine.decode(RunPlan.self, from: JSONLine.encode(plan)) == plan)

        // What is alive at once has places of its own, but for a map that is written over the one it is made of.
        var lives: [Int: ClosedRange<Int>] = [:]
        for (index, layer) in plan.layers.enumerated() {
            for feature in layer.reads + layer.writes { lives[feature] = (lives[feature]?.lowerBound ?? index)...index }
        }
        for (one, life) in lives {
            for (other, later) in lives where one < other {
                guard let a = places[one], let b = places[other], let from = a.offset, let to = b.offset,
                    life.overlaps(later), from < to + b.bytes, to < from + a.bytes
                else { continue }
                #expect(life.upperBound == later.lowerBound && from == to && a.bytes == b.bytes, "\(one) and \(other)")
            }
        }
    }

    private func build(_ layers: @escaping @Sendable (GraphBuilder) throws(ShapeError) -> Void) throws {
        let kind = Kind.model(.model("wrong", "for tests", classes: nil, example: "")) { (net, _) throws(ShapeError) in
            try layers(net)
        }
        _ = try kind.workload(from: [])
    }

    @Test func aStateIsReadAsItIsAndStaysInTheNetwork() throws {
        let late = #expect(throws: ShapeError.self) {
            try build { (net) throws(ShapeError) in
                let (x, count) = (try net.input("x", [1], layout: "N"), try net.state("count", [1], layout: "C"))
                _ = try net.layer("counter", Counter.kind, [], inputs: ["x": x, "count": count])
                _ = try net.relu(count)
            }
        }
        #expect(late?.message.contains("'count' as it was before another layer changed it") == true)
        let output = #expect(throws: ShapeError.self) {
            try build { (net) throws(ShapeError) in
                try net.output("y", try net.state("count", [1], layout: "C"), layout: "C")
            }
        }
        #expect(output?.message.contains("the output 'y' is the state 'count'") == true)
        let type = #expect(throws: ShapeError.self) {
            try build { (net) throws(ShapeError) in
                let x = try net.input("x", [6, 3], layout: "NC")
                let peaks = try net.outputs(of: "peak", RowPeak.kind, [("rows", 6), ("c", 3)], inputs: ["x": x])
                _ = try net.relu(peaks[1].map)
            }
        }
        #expect(type?.message.contains("is 6 f32, but 6 i32 comes in") == true)
    }

    /// A cache that one layer writes and another reads.
    @Test func aStateIsSharedByName() throws {
        let kind = Kind.model(.model("cached", "for tests", classes: nil, example: "")) { (net, _) throws(ShapeError) in
            let (x, count) = (try net.input("x", [1], layout: "N"), try net.state("count", [1], layout: "C"))
            let first = try net.outputs(of: "first", Counter.kind, [], inputs: ["x": x, "count": count])
            let second = try net.outputs(
                of: "second", Counter.kind, [], inputs: ["x": first[0].map, "count": first[1].map])
            try net.output("y", try net.add(second[0].map, second[1].map), layout: "N")
        }
        let network = try #require(try kind.workload(from: []) as? Network)
        #expect(network.operands.map(\.name) == ["x", "count", "y"])
        let tensors = try Operands(allocating: network.operands)
        let prepared = try network.plan(preferring: "native").prepare(tensors, Setting("native"))
        // x is 0: 0, then 0 + 1, then with the count of 2; the next run begins with 2.
        prepared.run()
        #expect(tensors["y"].floats[0] == 3 && tensors["count"].floats[0] == 2)
        prepared.run()
        #expect(tensors["y"].floats[0] == 2 + 3 + 4 && tensors["count"].floats[0] == 4)
        _ = try prepared.verify()
        #expect(tensors["count"].floats[0] == 6)
    }
}
