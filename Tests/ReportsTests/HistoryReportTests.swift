import Comparison
import Foundation
import Reports
import Results
import SwiftCSV
import Testing

@Suite struct HistoryReportTests {
    /// `count` commits; at the middle one the first of `cases` cases becomes a third faster.
    static func history(
        commits count: Int, cases: Int = 1, threads: [Int] = [1], change: (inout [Run]) -> Void = { _ in }
    ) throws -> History {
        var runs = (0..<count).map { index in
            var run = Synthetic.run(
                (0..<cases).map { number in
                    let wander = 1 + 0.002 * Double((index * 7 + number) % 5)
                    return Synthetic.record(
                        "case \(number)", name: "kernel\(number)", threads: threads[number % threads.count],
                        seconds: (number == 0 && index >= count / 2 ? 2e-3 : 3e-3) * wander, seed: index)
                }, id: "run \(index)")
            run.header.started = "2026-01-\(index + 10)T00:00:00Z"
            run.header.commit?.hash = String(repeating: "\(index % 10)", count: 6) + "\(index)".padded(to: 34)
            return run
        }
        change(&runs)
        return try #require(History(runs))
    }

    @Test func aCaseARow() throws {
        let table = try Self.history(commits: 8, cases: 2).table
        #expect(
            table.columns.map(\.title) == [
                "case", "implementation", "commits", "first", "last", "±", "change", "steps",
            ])
        #expect(table.rows[0][0...2] == ["case 0", "openblas", "8"])
        #expect(table.rows[0][3].hasPrefix("3.0") && table.rows[0][3].hasSuffix(" ms"))
        #expect(table.rows[0][6].hasPrefix("-32."))
        #expect(table.rows[0][7].hasPrefix("1.5") && table.rows[0][7].hasSuffix("x faster at 4444440"))
        #expect(table.rows[1][7].isEmpty)
    }

    @Test func gapsAndSingleFigures() throws {
        let table = try Self.history(commits: 3, cases: 2, threads: [1, 2]) { runs in
            runs[0].records.remove(at: 1)
            runs[1].records.remove(at: 1)
            runs[2].records[1].samples?.seconds = [1, 2]
        }.table
        #expect(table.columns[2].title == "threads")
        #expect(table.rows[1] == ["case 1", "openblas", "2", "1 of 3", "1.500 s", "1.500 s", "", "", ""])
    }

    @Test(arguments: [
        (1.042, "1.042x slower", "+4.2 %"), (0.5, "2.00x faster", "-50.0 %"), (1 / 1.31, "1.31x faster", "-23.7 %"),
        (33.4, "33.4x slower", "+3240 %"), (0.999_99, "1.000x faster", "0.00 %"),
    ])
    func ratiosInWords(ratio: Double, times: String, change: String) {
        #expect(Format.times(ratio) == times)
        #expect(Format.change(ratio) == change)
    }

    @Test func whatMostCasesShareIsASentence() throws {
        let shared = try Self.history(commits: 8, cases: 4) { runs in
            for index in 4..<8 {
                for number in 1..<4 {
                    runs[index].records[number].samples?.seconds = Array(repeating: 3.3e-3, count: 9)
                }
            }
        }
        let sentence = try #require(shared.sharedStepSentences.first)
        #expect(shared.sharedStepSentences.count == 1)
        #expect(sentence.hasPrefix("3 of 4 cases: 1.08") && sentence.contains("x slower at 4444440"))
        #expect(try Self.history(commits: 8, cases: 4).sharedStepSentences.isEmpty)
    }

    @Test func anUpdateIsASentence() throws {
        let updated = try Self.history(commits: 8, cases: 1) { runs in
            for index in 5..<8 { runs[index].header.machine.toolchain = "Swift 6.4" }
        }
        #expect(updated.commits.count == 8)
        let before = Synthetic.run([]).header.machine.toolchain
        #expect(updated.updateSentences == ["at 5555550 the toolchain changed from \(before) to Swift 6.4"])
        #expect(updated.text.contains("the toolchain changed from"))
        #expect(try Self.history(commits: 8, cases: 1).updateSentences.isEmpty)
    }

    @Test func longForm() throws {
        let history = try Self.history(commits: 8, cases: 2) { $0[7].header.commit?.dirty = true }
        let rows = try NamedCSV(string: history.csv).rows
        let first = rows.filter { $0["label"] == "case 0" && $0["place"] == "1" }
        #expect(first.compactMap { $0["statistic"] } == ["median", "ci_low", "ci_high", "count", "level"])
        #expect(first[0]["value"].flatMap(Double.init) == history.series[0].points[0].median)
        #expect(first[3]["unit"] == "1" && first[3]["value"] == "40")
        let steps = rows.filter { $0["statistic"] == "step" }
        #expect(steps.count == 1 && steps[0]["place"] == "5")
        #expect(steps[0]["value"].flatMap(Double.init) == history.series[0].steps[0].ratio)
        #expect(rows.last?["commit"]?.hasSuffix("-dirty") == true)
    }

    @Test func json() throws {
        let text = try Self.history(commits: 8, cases: 2).json()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect((object["commits"] as? [Any])?.count == 8)
        let series = try #require(object["cases"] as? [[String: Any]])
        #expect(series.map { $0["label"] as? String } == ["case 0", "case 1"])
        #expect((series[0]["points"] as? [Any])?.count == 8 && (series[0]["steps"] as? [Any])?.count == 1)
    }

    @Test func picturesOfAFewCasesEach() throws {
        let scratch = try Scratch()
        let outcome = ReportWriter(folder: scratch.path).write(try Self.history(commits: 8, cases: 11))
        #expect(outcome.problems.isEmpty)
        #expect(
            scratch.names == [
                "quick-history-1.gp", "quick-history-1.png", "quick-history-1.svg", "quick-history-2.gp",
                "quick-history-2.png", "quick-history-2.svg", "quick-history.csv",
            ])
        #expect(outcome.written.sorted() == scratch.names)
        let script = try scratch.text("quick-history-1.gp")
        for text in ["$levels1", "x faster'", "'4444440'", "'case 7 · openblas'"] {
            #expect(script.contains(text), "\(text)")
        }
        #expect(!script.contains("$levels2") && !script.contains("'case 8"))
        #expect(try scratch.text("quick-history-2.gp").contains("'case 10 · openblas'"))
    }

    @Test func oneCommitHasNoPicture() throws {
        let scratch = try Scratch()
        let outcome = ReportWriter(folder: scratch.path).write(try Self.history(commits: 1))
        #expect(outcome.problems.isEmpty && outcome.written == ["quick-history.csv"])
    }

    /// The ends of what a run file can hold, and names that gnuplot would run or read as formats.
    @Test func anythingDraws() throws {
        let scratch = try Scratch()
        let evil = "'; system('touch \(scratch.path)/a') `touch \(scratch.path)/b` %s {/*\n!touch \(scratch.path)/c\n"
        let figures = [Double.leastNonzeroMagnitude, 1e-12, 1, 1e308, 0, .infinity, 1, 1]
        let strange = try Self.history(commits: 8, cases: 3) { runs in
            for index in runs.indices {
                runs[index].header.commit?.hash = evil + "\(index)"
                runs[index].header.machine.processor = evil
                runs[index].records[0].label = evil
                runs[index].records[0].setting.implementation = evil
                runs[index].records[1].samples?.seconds = Array(repeating: figures[index], count: 7)
                runs[index].records[2].samples?.seconds = [figures[index], 1]
            }
        }
        let outcome = ReportWriter(folder: "\(scratch.path)/out").write(strange)
        #expect(outcome.problems.isEmpty, "\(outcome.problems)")
        #expect(outcome.written.contains("quick-history.png"))
        #expect(scratch.names == ["out"])
    }

    @Test func scriptsAreCompleteInThemselves() throws {
        let (made, again) = (try Scratch(), try Scratch())
        _ = ReportWriter(folder: made.path).write(try Self.history(commits: 8, cases: 3))
        let name = "quick-history.gp"
        try FileManager.default.copyItem(atPath: "\(made.path)/\(name)", toPath: "\(again.path)/\(name)")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gnuplot", name]
        process.currentDirectoryURL = URL(fileURLWithPath: again.path)
        try process.run()
        process.waitUntilExit()
        #expect(try again.text("quick-history.svg") == made.text("quick-history.svg"))
    }
}

extension String {
    fileprivate func padded(to length: Int) -> String { String(repeating: "0", count: length - count) + self }
}
