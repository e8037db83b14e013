import Platform
import Results
import Running
import Testing

@Suite struct RunnerTests {
    private func run(
        _ outcomes: [String: Attempt] = [:], memory: Int? = nil, interruptedAfter: Int = .max
    ) throws -> (events: [RunEvent], records: [Record], summary: RunSummary) {
        var (events, records): ([RunEvent], [Record]) = ([], [])
        let asked = Counter()
        let runner = Runner(
            executor: TableExecutor(outcomes: outcomes), memoryAvailable: { memory },
            interrupted: {
                asked.value += 1
                return asked.value > interruptedAfter
            })
        let summary = try runner.run(try Probe.cases()) { event in
            events.append(event)
            if case .ended(let record, _) = event { records.append(record) }
        }
        return (events, records, summary)
    }

    private final class Counter { var value = 0 }

    @Test func everyCaseEndsOneWay() throws {
        let crash = Attempt(failure: Failure(.crashed, "boom"))
        let (events, records, summary) = try run([
            "wrong": crash, "silent": Attempt(failure: Failure(.disagrees, "no")),
        ])
        #expect(records.map(\.status) == [.measured, .failed, .failed, .skipped])
        #expect(records.map(\.failure?.kind) == [nil, .crashed, .disagrees, .unsupported])
        #expect(records[0].case == "probe[n=3]/right/f32/t1")
        #expect(events.count == 9)
        #expect(summary.measured == 1)
        #expect(summary.failed == 2)
        #expect(summary.skipped == 1)
        #expect(summary.disagreements == 1)
        #expect(summary.sampledSeconds == 3)
    }

    @Test func aCaseThatDoesNotFitIsNotStarted() throws {
        let (_, records, _) = try run(memory: 1000)
        #expect(records.map(\.failure?.kind) == [.memory, .memory, .memory, .unsupported])
        #expect(records[0].failure?.message.contains("not started") == true)
    }

    @Test func anInterruptKeepsWhatIsDone() throws {
        let (_, records, summary) = try run(interruptedAfter: 2)
        #expect(records.count == 2)
        #expect(summary.interrupted)
    }

    @Test func aCaseCutOffIsNotRecorded() throws {
        var cutOff = Attempt()
        cutOff.interrupted = true
        let (_, records, summary) = try run(["wrong": cutOff])
        #expect(records.map(\.implementation) == ["right"])
        #expect(summary.interrupted)
    }

    @Test func aListenerThatFailsEndsTheRun() throws {
        let runner = Runner(executor: TableExecutor(outcomes: [:]), memoryAvailable: { nil })
        var seen = 0
        #expect(throws: RunError.self) {
            try runner.run(try Probe.cases()) { event in
                guard case .ended = event else { return }
                seen += 1
                throw RunError("disk full", remedy: "free some")
            }
        }
        #expect(seen == 1)
    }

    @Test func morethanOneThreadIsSkippedWhereThereIsOnlyOne() throws {
        let cases = try Probe.cases("probe[n=3]/right/f32/t2")
        var records: [Record] = []
        _ = try Runner(executor: TableExecutor(outcomes: [:]), memoryAvailable: { nil }).run(cases) { event in
            if case .ended(let record, _) = event { records.append(record) }
        }
        #expect(records.map(\.status) == [.skipped])
        #expect(records[0].failure?.message.contains("one thread") == true)
    }
}
