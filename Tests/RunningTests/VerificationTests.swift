import Foundation
import Kernels
import Results
import Running
import Synchronization
import Tensors
import Testing
import Workers
import Workloads

/// A workload whose reference takes its time and is counted, and whose implementations may change their minds.
private struct Changing: Kernel {
    static let schema = Schema("changing", "for tests", [.count("n", default: 3, "elements")], example: "")
    /// How often the reference was computed, by the number of elements: a test has its own.
    static let references = Mutex<[Int: Int]>([:])

    let arguments: Arguments
    let operands: [Operand]
    let macs = 0
    let elementOperations: [ElementOperations] = []
    let reductionLength = 1

    init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        operands = [
            try .input("x", [arguments.int("n")], layout: "N"), try .output("y", [arguments.int("n")], layout: "N"),
        ]
    }

    var implementations: [Implementation] {
        [
            .direct("right", "y = x") { $0["y"].copy(from: $0["x"]) },
            .direct("other", "y = x, a last place off") { tensors in
                tensors["y"].fill { tensors["x"].floats[$0].nextUp }
            },
            Implementation("later", "y = x, and 2 x from the fifth call on") { tensors, _, _ in
                var calls = 0
                return PreparedCall {
                    calls += 1
                    let factor: Float = calls < 5 ? 1 : 2
                    tensors["y"].fill { tensors["x"].floats[$0] * factor }
                }
            },
            Implementation("once", "y = x, and nothing from the second call on") { tensors, _, _ in
                var calls = 0
                return PreparedCall {
                    calls += 1
                    if calls == 1 { tensors["y"].copy(from: tensors["x"]) }
                }
            },
        ]
    }

    func reference(_ tensors: Operands) {
        Self.references.withLock { $0[arguments.int("n"), default: 0] += 1 }
        Thread.sleep(forTimeInterval: 0.03)
        tensors["y"].copy(from: tensors["x"])
    }

    static let catalog = Catalog(kernels: [Changing.kind, Clipped.kind])
}

/// Nothing is left of what is drawn.
private struct Clipped: Kernel {
    static let schema = Schema("clipped", "for tests", [.count("n", "elements")], example: "n=100")

    let arguments: Arguments
    let operands: [Operand]
    let macs = 0
    let elementOperations: [ElementOperations] = []
    let reductionLength = 1

    init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let count = arguments.int("n")
        operands = [try .input("x", [count], layout: "N"), try .output("y", [count], layout: "N")]
    }

    var implementations: [Implementation] { [.direct("right", "y = max(0, x - 1)", run: reference)] }

    func reference(_ tensors: Operands) { tensors["y"].fill { max(0, tensors["x"].floats[$0] - 1) } }
}

@Suite struct AnswerTests {
    @Test(arguments: ["later", "once"], [nil, 1])
    func anAnswerThatIsWrongLaterIsNotMeasured(implementation: String, cold: Int?) throws {
        let (message, stages) = try Changing.catalog.measure("changing[n=1000]/\(implementation)") {
            $0.coldBeyond = cold
        }
        guard case .failed(let failure, _) = message else { return #expect(Bool(false), "\(message)") }
        #expect(failure.kind == .disagrees)
        #expect(failure.message.contains("after some calls"))
        #expect(stages.contains("sampling"))
    }

    /// The implementation agrees with the reference, as would one that does nothing but write zeros.
    @Test func anAnswerOfZerosIsNotMeasured() throws {
        guard case .failed(let failure, _) = try Changing.catalog.measure("clipped[n=64]/right").message else {
            return #expect(Bool(false), "no failure")
        }
        #expect(failure.kind == .disagrees && failure.message.contains("more than nine tenths of 'y' are 0"))
        #expect(try Changing.catalog.measured("clipped[n=63]/right").0.answer.error == 0)
    }

    @Test(arguments: ["later", "once"])
    func norComparedInTurns(implementation: String) throws {
        let service = WorkerService(catalog: Changing.catalog) { _ in }
        let task = TurnsTask(name: "changing[n=3]/\(implementation)/f32/t1", seed: 1, verifies: true)
        guard case .failed(let failure, _) = try service.takeTurns(task, next: { nil }) else {
            return #expect(Bool(false), "no failure")
        }
        #expect(failure.kind == .disagrees)
    }

    @Test func whatIsKnownIsNotVerifiedAgain() throws {
        let (first, stages) = try Changing.catalog.measured("changing[n=5]/right")
        #expect(stages.contains("computing the reference"))
        #expect(first.answer.seconds != nil)
        var known = KnownAnswer(outputs: try #require(first.outputs), answer: first.answer)
        known.answer.verified = "2026-01-31T12:00:00Z"
        let (second, later) = try Changing.catalog.measured("changing[n=5]/right") { $0.known = known }
        #expect(!later.contains("computing the reference"))
        #expect(second.answer.verified == "2026-01-31T12:00:00Z")
        #expect(second.outputs == first.outputs)
        // The outputs of this are others, and right too.
        let (other, again) = try Changing.catalog.measured("changing[n=5]/other") { $0.known = known }
        #expect(again.contains("computing the reference"))
        #expect(other.answer.verified == nil)
        #expect(other.answer.error > 0)
    }

    @Test func aReferenceServesAllImplementations() throws {
        let folder = NSTemporaryDirectory() + "assay-references-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func count(_ implementation: String, program: String = "a", seed: UInt64 = 1) throws -> Int {
            _ = try Changing.catalog.measured("changing[n=77]/\(implementation)") {
                $0.references = ReferenceFiles(folder: folder, program: program)
                $0.seed = seed
            }
            return Changing.references.withLock { $0[77, default: 0] }
        }
        #expect(try count("right") == 1)
        #expect(try count("other") == 1)
        // Another program, or other inputs: another reference.
        #expect(try count("right", program: "b") == 2)
        #expect(try count("right", seed: 2) == 3)
        // What is damaged is not believed.
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            var content = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            content[content.count - 2] ^= 1
            try content.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        #expect(try count("right") == 4)
        #expect(try count("right") == 4)
        // A folder that cannot be written costs nothing but time.
        _ = try Changing.catalog.measured("changing[n=77]/right") {
            $0.references = ReferenceFiles(folder: "/proc/nowhere", program: "a")
        }
    }

    @Test func theWholePeakIsNoLowerThanThatOfTiming() throws {
        let memory = try #require(try Changing.catalog.measured("changing[n=9]/right").0.memory)
        #expect(try #require(memory.wholePeak) >= memory.peak)
    }
}

@Suite struct AnswerCacheTests {
    private let folder = NSTemporaryDirectory() + "assay-answers-" + UUID().uuidString
    private static let answer = Answer(error: 1e-7, tolerance: 1e-6, reductionLength: 3, layer: "conv1")

    private func cache(program: String = "p", isa: String = "avx2", forced: Bool = false) -> AnswerCache {
        AnswerCache(
            folder, program: program, instructionSet: isa, blas: .init(core: "c", configuration: "d"), isForced: forced)
    }

    private func withEntry(_ body: () throws -> Void) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        cache().keep(Self.answer, outputs: 42, of: "a/native/f32/t1", seed: 1)
        try body()
    }

    @Test func whatIsKeptIsFound() throws {
        try withEntry {
            let known = try #require(cache().known("a/native/f32/t1", seed: 1))
            #expect(known.outputs == 42)
            #expect(known.answer.error == Self.answer.error)
            #expect(known.answer.layer == "conv1")
            #expect(known.answer.verified != nil)
        }
    }

    @Test func anythingElseIsNot() throws {
        try withEntry {
            #expect(cache().known("a/native/f32/t2", seed: 1) == nil)
            #expect(cache().known("a/native/f32/t1", seed: 2) == nil)
            #expect(cache(program: "q").known("a/native/f32/t1", seed: 1) == nil)
            #expect(cache(isa: "avx512").known("a/native/f32/t1", seed: 1) == nil)
            #expect(cache(forced: true).known("a/native/f32/t1", seed: 1) == nil)
        }
    }

    /// Every byte counts, and so does every length.
    @Test func whatIsDamagedIsNotBelieved() throws {
        try withEntry {
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/verified").first)
            let url = URL(fileURLWithPath: "\(folder)/verified/\(name)")
            let whole = try Data(contentsOf: url)
            for place in whole.indices {
                var damaged = whole
                damaged[place] ^= 1
                try damaged.write(to: url)
                #expect(cache().known("a/native/f32/t1", seed: 1) == nil, "byte \(place)")
                try whole.prefix(place).write(to: url)
                #expect(cache().known("a/native/f32/t1", seed: 1) == nil, "\(place) bytes")
            }
            try whole.write(to: url)
            #expect(cache().known("a/native/f32/t1", seed: 1) != nil)
        }
    }

    @Test func aFolderThatCannotBeWrittenIsNoFailure() {
        let cache = AnswerCache(
            "/proc/nowhere", program: "p", instructionSet: "avx2", blas: .init(core: "", configuration: ""))
        cache.keep(Self.answer, outputs: 42, of: "a", seed: 1)
        cache.prune()
        #expect(cache.known("a", seed: 1) == nil)
    }
}
