import Comparison
import Results
import Testing

@Suite struct HistoryRunsTests {
    private func candidates(_ headers: [RunHeader]) -> [HistoryRuns.Candidate] {
        headers.enumerated().map { .init(path: "\($0).jsonl", header: $1) }
    }

    @Test func onlyOfTheSuiteOldestFirst() throws {
        let runs = try HistoryRuns(
            of: candidates([
                SyntheticHistory.header(2, day: 5), SyntheticHistory.header(1, day: 3),
                SyntheticHistory.header(1, day: 4, suite: "norms"),
            ]), suite: "quick")
        #expect(runs.chosen.map(\.path) == ["1.jsonl", "0.jsonl"])
        #expect(runs.leftOut.isEmpty)
    }

    @Test func machinesAreNotMixed() throws {
        let all = candidates([
            SyntheticHistory.header(1, day: 1),
            SyntheticHistory.header(2, day: 2, machine: SyntheticHistory.otherMachine),
            SyntheticHistory.header(3, day: 3),
            SyntheticHistory.header(2, day: 2, machine: SyntheticHistory.otherMachine),
        ])
        let newest = try HistoryRuns(of: all, suite: "quick")
        #expect(newest.chosen.map(\.path) == ["0.jsonl", "2.jsonl"])
        #expect(newest.leftOut == ["left out: 2 runs of another machine, \(SyntheticHistory.otherMachine.id)"])
        let other = try HistoryRuns(of: all, suite: "quick", machine: SyntheticHistory.otherMachine.id)
        #expect(other.chosen.map(\.path) == ["1.jsonl", "3.jsonl"])
        let known = [SyntheticHistory.machine.id, SyntheticHistory.otherMachine.id].sorted()
        #expect(throws: HistoryError.noMachine("mine", known: known)) {
            try HistoryRuns(of: all, suite: "quick", machine: "mine")
        }
    }

    @Test func whatWasMeasuredOtherwiseIsLeftOut() throws {
        var forced = SyntheticHistory.header(2, day: 2, options: ["cold": "false"])
        forced.instructionSet = "baseline"
        let all = candidates([
            SyntheticHistory.header(1, day: 1, options: ["cold": "true"]), forced,
            SyntheticHistory.header(3, day: 3, options: ["cold": "false", "samples": "9", "filter": "conv"]),
            SyntheticHistory.header(4, day: 4, options: ["cold": "false", "precision": "0.01", "shard": "1/2"]),
            SyntheticHistory.header(nil, day: 5),
        ])
        let runs = try HistoryRuns(of: all, suite: "quick")
        #expect(runs.chosen.map(\.path) == ["2.jsonl", "3.jsonl"])
        #expect(
            runs.leftOut == [
                "left out: 1 run without a known commit",
                "left out: 1 run measured differently from the newest: cold is true, not false",
                "left out: 1 run measured differently from the newest: instruction set is baseline, not given",
            ])
    }

    @Test func nothingToShow() {
        let all = candidates([SyntheticHistory.header(nil, day: 1), SyntheticHistory.header(1, day: 1, suite: "norms")])
        #expect(throws: HistoryError.noRun(suite: "quik", known: ["norms", "quick"])) {
            try HistoryRuns(of: all, suite: "quik")
        }
        #expect(throws: HistoryError.noCommit(suite: "quick")) { try HistoryRuns(of: all, suite: "quick") }
        #expect(throws: HistoryError.noRun(suite: "quick", known: [])) { try HistoryRuns(of: [], suite: "quick") }
    }
}
