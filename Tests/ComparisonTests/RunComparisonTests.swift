import Comparison
import Foundation
import Results
import Settings
import Testing

@Suite struct RunComparisonTests {
    private func record(
        _ name: String, seconds: [Double], status: Record.Status = .measured, failure: Failure? = nil, macs: Int = 10
    ) -> Record {
        Record(
            case: "\(name)/native/f32/t1", label: name, kind: "kernel", name: "matmul", parameters: [:],
            setting: Setting("native"), status: status, failure: failure,
            costs: CountedCosts(
                macs: macs, elementOperations: [:], parameters: 1, weightBytes: 4, inputBytes: 4, outputBytes: 4),
            samples: status == .measured
                ? Samples(
                    calls: 1, seconds: seconds,
                    columns: ["cpuShare": seconds.map { _ in 1 }, "involuntarySwitches": seconds.map { _ in 0 }])
                : nil,
            started: "", wallSeconds: 1)
    }

    private func run(_ records: [Record], processor: String = "Test CPU", environment: [String: String] = [:]) -> Run {
        var machine = ComparisonHeader.test().machine
        machine.processor = processor
        let header = RunHeader(
            started: "2026-01-31T12:00:00Z", assay: "0.1.0",
            suite: RunHeader.Suite(name: "suite", title: "A suite", files: [], plots: []), commit: nil,
            machine: machine,
            blas: RunHeader.Blas(core: "", configuration: ""), environment: environment, options: [:],
            planned: records.count, warnings: [])
        return Run(
            id: "id", path: "Results/x.jsonl", header: header, records: records,
            end: RunEnd(wallSeconds: 1, measured: records.count, skipped: 0, failed: 0))
    }

    private func around(_ center: Double, count: Int = 30) -> [Double] {
        (0..<count).map { center * (1 + 0.01 * (Double($0) / Double(count) - 0.5)) }
    }

    private func judge(_ base: Run, _ head: Run) -> Judgement {
        RunComparison.judgement(of: Both(base: base, head: head), options: ComparisonOptions())
    }

    @Test func verdictsOfUnequalCounts() {
        let judged = judge(
            run([
                record("a", seconds: around(1)), record("b", seconds: around(1)), record("c", seconds: around(1)),
                record("d", seconds: [1]),
            ]),
            run([
                record("a", seconds: around(1.1, count: 200)), record("b", seconds: around(0.9, count: 7)),
                record("c", seconds: around(1.001)), record("d", seconds: [2]),
            ]))
        #expect(judged.cases.map { $0.time?.verdict } == [.slower, .faster, .same, .inconclusive])
        #expect(judged.cases[0].observations == Both(base: 30, head: 200))
        #expect(judged.cases[3].time?.ratio == 2)
        #expect(judged.cases[3].time?.interval == nil)
        #expect(!judged.isPaired)
        // The case of one sample is imprecise on either side.
        #expect(judged.notes.count == 3)
        #expect(judged.notes.last?.hasPrefix("each side was measured separately") == true, "which is always said")
    }

    @Test func whatOnlyOneHasAndWhatFailedIsNotCompared() {
        let boom = Failure(.crashed, "boom")
        let judged = judge(
            run([
                record("old", seconds: around(1)), record("a", seconds: around(1)),
                record("s", seconds: [], status: .skipped),
            ]),
            run([
                record("a", seconds: [], status: .failed, failure: boom), record("new", seconds: around(1)),
                record("s", seconds: [], status: .skipped, failure: Failure(.unsupported, "no")),
            ]))
        #expect(judged.cases.map(\.item.label) == ["a", "new", "s", "old"])
        #expect(
            judged.cases.map(\.outcome) == [
                .failed(SideFailure(.head, boom)), .oneSided(.head), .unsupported("no"), .oneSided(.base),
            ])
        #expect(judged.cases.allSatisfy { $0.time == nil && !$0.isRegression })
    }

    @Test func thatBothAreOneProgramIsSaidFirst() {
        var runs = Both(base: run([record("a", seconds: around(1))]), head: run([record("a", seconds: [1, 1])]))
        #expect(RunComparison.sameProgram(runs) == nil, "of an unknown commit nothing is known")
        for side in Side.allCases { runs[side].header.commit = .init(hash: "0123456789abcdef", dirty: false) }
        let judged = judge(runs.base, runs.head)
        #expect(judged.notes.first?.hasPrefix("both sides are the same program (commit 012345678, ") == true)
        #expect(judged.notes.contains("in Results/x.jsonl, 1 of 1 cases did not reach the requested precision"))
        runs.head.header.commit?.dirty = true
        #expect(RunComparison.sameProgram(runs) == nil)
    }

    @Test func namesOfRunFilesTellSidesApart() {
        func names(_ base: String, _ head: String) -> Both<String> {
            Both(base: base, head: head).map {
                ComparedProgram(revision: $0, commit: nil, subject: "", build: "", protocolVersion: 0)
            }.names
        }
        #expect(names("Results/m/1-a.jsonl", "Results/m/2-a.jsonl") == Both(base: "1-a", head: "2-a"))
        #expect(names("Results/m/1-a.jsonl", "Results/n/1-a.jsonl") == Both(base: "m/1-a", head: "n/1-a"))
        #expect(names("main~1", "main") == Both(base: "main~1", head: "main"))
    }

    @Test func machinesAndVariablesThatDifferAreSaid() {
        let judged = judge(
            run([record("a", seconds: around(1))], environment: ["OPENBLAS_CORETYPE": "Haswell"]),
            run([record("a", seconds: around(1))], processor: "Other CPU"))
        #expect(judged.notes.contains { $0.hasPrefix("the machines differ: test-2cpu-") })
        #expect(judged.notes.contains("OPENBLAS_CORETYPE is not set, and was Haswell"))
    }

    @Test func zeroVarianceAndExactChanges() {
        let judged = judge(
            run([record("a", seconds: Array(repeating: 1, count: 10), macs: 10)]),
            run([record("a", seconds: Array(repeating: 1, count: 10), macs: 12)]))
        #expect(judged.cases[0].time?.verdict == .same)
        #expect(judged.cases[0].time?.interval == 1...1)
        #expect(judged.cases[0].changes.map(\.metric).contains("macs"))
        #expect(judged.cases[0].isRegression)
    }

    @Test func timesOfZeroAreToldAsTimesOfZero() {
        let zero = Array(repeating: 0.0, count: 9)
        let judged = judge(
            run([record("a", seconds: around(1)), record("b", seconds: around(1))]),
            run([record("a", seconds: zero), record("b", seconds: around(1))]))
        guard case .incomparable(let reason) = judged.cases[0].outcome else {
            Issue.record("\(String(describing: judged.cases[0].outcome))")
            return
        }
        #expect(reason == "its median time is zero in Results/x.jsonl: there is no ratio of a time of zero")
        #expect(judged.cases[1].time?.verdict == .same)
    }

    @Test func aRunThatIsNotWholeIsNamed() {
        var cut = run([record("a", seconds: around(1))])
        cut.end = nil
        cut.path = "cut.jsonl"
        let judged = judge(run([record("a", seconds: around(1))]), cut)
        #expect(judged.notes.contains("cut.jsonl was cut off: cases may be missing"))
    }
}
