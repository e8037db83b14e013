import Comparison
import Results
import Testing

@Suite struct HistoryTests {
    /// Ten commits of which the sixth makes one of two cases a third slower, on a machine that wanders by a few per mille.
    private static let runs: [Run] = (0..<10).map { index in
        let wander = 1 + 0.003 * Double((index * 7) % 5 - 2)
        return SyntheticHistory.run(
            SyntheticHistory.header(index + 1, day: index + 1),
            ["conv": (index < 5 ? 3e-3 : 4e-3) * wander, "norm": 2e-3 * wander])
    }

    @Test func aPointACommit() throws {
        let history = try #require(History(Self.runs))
        #expect(history.suite == "quick" && history.machine == SyntheticHistory.machine.id)
        #expect(history.commits.map(\.name) == (1...10).map { String(SyntheticHistory.hash($0).prefix(7)) })
        #expect(history.series.map(\.label) == ["conv", "norm"])
        let points = history.series[0].points
        #expect(points.map(\.commit) == Array(0..<10))
        #expect(abs(points[0].median - 3e-3 * 0.994) < 1e-12)
        #expect(points.allSatisfy { $0.count == 21 })
        #expect(points.allSatisfy { ($0.low ?? 1) < $0.median && $0.median < ($0.high ?? 0) })
    }

    @Test func theStepIsFoundWhereItWasMade() throws {
        let history = try #require(History(Self.runs))
        let conv = history.series[0]
        #expect(conv.steps.map(\.from) == [4] && conv.steps.map(\.to) == [5])
        #expect(abs(conv.steps[0].ratio - 4.0 / 3) < 0.01)
        #expect(conv.levels.map(\.first) == [0, 5] && conv.levels.map(\.last) == [4, 9])
        #expect(abs(conv.levels[1].seconds - 4e-3) < 2e-5)
        #expect(history.series[1].steps.isEmpty)
        #expect(history.sharedSteps.isEmpty)
    }

    @Test func runsOfOneCommitAreOne() throws {
        let header = SyntheticHistory.header(1, day: 2)
        let again = Run(
            id: "again", path: "", header: header,
            records: [SyntheticHistory.record("conv", Array(repeating: 5e-3, count: 40))])
        let history = try #require(History([Self.runs[0], again]))
        #expect(history.commits.count == 1 && history.commits[0].runs == 2)
        let point = try #require(history.series.first { $0.label == "conv" }?.points.first)
        // Most samples are the second run's.
        #expect(point.count == 61 && point.median == 5e-3)
    }

    @Test func changesAreNeverMixedWithTheCommit() throws {
        func dirty(_ day: Int, program: String?) -> Run {
            SyntheticHistory.run(
                SyntheticHistory.header(1, day: day, dirty: true, options: program.map { ["program": $0] } ?? [:]),
                ["conv": 1e-3])
        }
        let clean = Self.runs[0]
        let history = try #require(History([clean, dirty(2, program: "a"), dirty(3, program: "a")]))
        #expect(history.commits.map(\.name) == ["1000000", "1000000-dirty"])
        #expect(history.commits.map(\.runs) == [1, 2])
        // Another program is other code, and so may be every run that does not say.
        #expect(History([clean, dirty(2, program: "a"), dirty(3, program: "b")])?.commits.count == 3)
        #expect(History([clean, dirty(2, program: nil), dirty(3, program: nil)])?.commits.count == 3)
    }

    @Test func theOrderIsGits() throws {
        func commits(_ order: [Int]) throws -> [String] {
            let shuffled = [Self.runs[2], Self.runs[0], Self.runs[1]]
            let dirty = SyntheticHistory.run(SyntheticHistory.header(2, day: 1, dirty: true), ["conv": 1e-3])
            return try #require(History(shuffled + [dirty], order: order.map(SyntheticHistory.hash))).commits.map {
                String($0.name.prefix(1)) + ($0.isDirty ? "+" : "")
            }
        }
        #expect(try commits([9, 3, 1, 2, 8]) == ["3", "1", "2", "2+"])
        #expect(try commits([]) == ["1", "2+", "2", "3"], "by time, where git knows none")
        // What git does not know stands between those measured before and after: here the newest commit was measured first.
        #expect(try commits([3, 1]) == ["3", "2", "2+", "1"])
        #expect(try commits([1, 3]) == ["1", "2+", "2", "3"])
    }

    @Test(arguments: [true, false])
    func oneUnknownCommitLeavesTheOthersWhereTheyAre(oldestFirst: Bool) throws {
        for unknown in 1...10 {
            let runs = (1...10).map { number in
                SyntheticHistory.run(
                    SyntheticHistory.header(number, day: oldestFirst ? number : 20 - number), ["conv": 1e-3])
            }
            let order = (1...10).filter { $0 != unknown }.map(SyntheticHistory.hash)
            let history = try #require(History(runs, order: order))
            #expect(history.commits.map(\.hash).filter { $0 != SyntheticHistory.hash(unknown) } == order)
            #expect(history.placedByTime == [String(SyntheticHistory.hash(unknown).prefix(7))])
            // At an end there is a neighbour on one side only.
            guard (oldestFirst ? 1...10 : 2...9).contains(unknown) else { continue }
            #expect(history.commits.map(\.hash) == (1...10).map(SyntheticHistory.hash))
        }
    }

    @Test func missingCasesLeaveGaps() throws {
        var runs = Self.runs
        runs[3].records.remove(at: 0)
        runs[4].records[0] = SyntheticHistory.record("conv", [], status: .failed)
        // Only an old run has this one, and this one was never measured.
        runs[1].records.append(SyntheticHistory.record("gone", [1e-3]))
        runs[9].records.append(SyntheticHistory.record("never", [], status: .failed))
        let history = try #require(History(runs))
        #expect(history.series.map(\.label) == ["conv", "norm", "gone"])
        #expect(history.series[0].points.map(\.commit) == [0, 1, 2, 5, 6, 7, 8, 9])
        #expect(history.series[0].steps.map(\.from) == [2] && history.series[0].steps.map(\.to) == [5])
        let gone = history.series[2]
        #expect(gone.points.count == 1 && gone.points[0].low == nil && gone.points[0].median == 1e-3)
    }

    @Test func whatMostCasesDoAtOnceIsSaid() throws {
        let runs = (0..<12).map { index in
            let (all, wander) = (index < 8 ? 1.0 : 1.1, 1 + 0.002 * Double((index * 7) % 5 - 2))
            return SyntheticHistory.run(
                SyntheticHistory.header(index + 1, day: index + 1),
                [
                    "a": 1e-3 * all * wander, "b": 2e-3 * all * wander, "c": 3e-3 * all * wander,
                    "d": (index < 8 ? 4e-3 : 3e-3) * wander, "e": (index < 4 ? 4e-3 : 3e-3) * wander,
                ])
        }
        let shared = try #require(History(runs)).sharedSteps
        #expect(shared.map(\.commit) == [8])
        #expect(shared.map(\.cases) == [3] && shared.map(\.of) == [5])
        #expect(abs(shared[0].ratio - 1.1) < 0.005)
        // Of all cases, whichever are shown.
        let history = try #require(History(runs))
        let filtered = history.keeping(history.series.filter { $0.label == "d" })
        #expect(filtered.series.map(\.label) == ["d"])
        #expect(filtered.sharedSteps == shared)
    }

    @Test func figuresThatAreNone() throws {
        let runs = (0..<8).map { index in
            Run(
                id: "\(index)", path: "", header: SyntheticHistory.header(index + 1, day: index),
                records: [
                    SyntheticHistory.record("zero", Array(repeating: index < 4 ? 0 : 1e-3, count: 9)),
                    SyntheticHistory.record("endless", Array(repeating: .infinity, count: 9)),
                    SyntheticHistory.record("none", [.nan]),
                    SyntheticHistory.record("empty", []),
                ])
        }
        let history = try #require(History(runs))
        #expect(history.series.map(\.label) == ["zero", "endless"])
        #expect(history.series.allSatisfy { $0.steps.isEmpty && $0.levels.isEmpty })
        #expect(History([]) == nil)
        #expect(History([SyntheticHistory.run(SyntheticHistory.header(nil, day: 1), ["conv": 1])]) == nil)
    }
}
