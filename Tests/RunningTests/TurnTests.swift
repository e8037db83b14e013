import Foundation
import Results
import Running
import Testing
import Workers

/// The side of a worker that takes turns, in this process.
@Suite struct TurnTests {
    private func take(
        _ implementation: String, requests: [TurnRequest] = [], change: (inout TurnsTask) -> Void = { _ in }
    ) throws -> (messages: [WorkerMessage], end: WorkerMessage?) {
        var messages: [WorkerMessage] = []
        let service = WorkerService(catalog: Probe.catalog) { message in
            if case .stage = message { return }
            messages.append(message)
        }
        var task = TurnsTask(name: "probe[n=3]/\(implementation)/f32/t1", seed: 1, verifies: true)
        change(&task)
        var left = requests[...]
        let end = try service.takeTurns(task) { left.popFirst() }
        return (messages, end)
    }

    private func readiness(_ messages: [WorkerMessage]) -> Readiness? {
        if case .ready(let readiness) = messages.first { readiness } else { nil }
    }

    @Test func readyThenATurnARequest() throws {
        let (messages, end) = try take(
            "right", requests: [TurnRequest(warmup: 1, calls: 10), TurnRequest(warmup: 0, calls: 1)])
        #expect(end == nil)
        try #require(messages.count == 3)
        let ready = try #require(readiness(messages))
        #expect(ready.answer?.error == 0)
        #expect(ready.callSeconds > 0)
        #expect(ready.memory.peak > 0)
        for message in messages.dropFirst() {
            guard case .turn(let turn) = message else {
                Issue.record("no turn")
                continue
            }
            #expect(turn.seconds > 0)
        }
    }

    @Test func anAnswerThatIsWrongIsNotTimed() throws {
        let (messages, end) = try take("wrong", requests: [TurnRequest(warmup: 0, calls: 1)])
        #expect(messages.isEmpty)
        guard case .failed(let failure, let answer) = end else {
            Issue.record("no failure")
            return
        }
        #expect(failure.kind == .disagrees)
        #expect(answer != nil)
    }

    @Test func whatWasVerifiedIsKnownAgainByItsOutputs() throws {
        let verified = try #require(readiness(try take("right").messages))
        let again = try #require(readiness(try take("right") { $0.verifies = false }.messages))
        let other = try #require(readiness(try take("wrong") { $0.verifies = false }.messages))
        #expect(again.answer == nil)
        #expect(again.outputs == verified.outputs)
        #expect(other.outputs != verified.outputs)
    }

    @Test func aCaseThatIsNotKnownOrNotDoneIsAFailure() throws {
        guard case .failed(let unsupported, _) = try take("picky").end else {
            Issue.record("no failure")
            return
        }
        #expect(unsupported.kind == .unsupported)
        guard case .failed(let unknown, _) = try take("nothing-like-it").end else {
            Issue.record("no failure")
            return
        }
        #expect(unknown.kind == .error)
    }
}

@Suite struct CaseListingTests {
    private func list(_ task: ListTask) throws -> Listing {
        guard case .listed(let listing) = try WorkerService(catalog: Probe.catalog, send: { _ in }).list(task) else {
            Issue.record("not listed")
            return Listing()
        }
        return listing
    }

    @Test func namesAreResolvedAndUnknownOnesAreMissing() throws {
        let listing = try list(
            ListTask(names: ["probe/right", "probe[n=3]/picky/f32/t1", "nothing[]/right", "probe[m=1]/right", "probe"]))
        #expect(listing.named.keys.sorted() == ["probe/right", "probe[n=3]/picky/f32/t1"])
        #expect(listing.named["probe/right"]?.name == "probe[n=1]/right/f32/t1")
        #expect(listing.named["probe[n=3]/picky/f32/t1"]?.unsupported == "not this shape")
        #expect(listing.named["probe/right"]?.costs?.outputBytes == 4)
    }

    @Test func aSuiteIsListedInItsOrder() throws {
        let folder = NSTemporaryDirectory() + "assay-listing-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let suite = "\(folder)/some.yaml"
        try "title: Some\ncases:\n  - { kernel: probe, sweep: { n: [2, 1] }, implementations: right }\n".write(
            toFile: suite, atomically: true, encoding: .utf8)
        let listing = try list(ListTask(suite: suite, threads: 1))
        #expect(listing.title == "Some")
        #expect(listing.cases.map(\.name) == ["probe[n=2]/right/f32/t1", "probe[n=1]/right/f32/t1"])
        guard
            case .failed(let failure, _) = try WorkerService(catalog: Probe.catalog, send: { _ in }).list(
                ListTask(suite: "\(folder)/none.yaml"))
        else {
            Issue.record("listed what is not there")
            return
        }
        #expect(failure.message.contains("none.yaml"))
    }
}
