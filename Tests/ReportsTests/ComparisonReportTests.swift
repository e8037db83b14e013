import Comparison
import Foundation
import Reports
import Results
import Settings
import SwiftCSV
import Testing
import Workers

@Suite struct ComparisonReportTests {
    private static func listed(_ label: String) -> ListedCase {
        ListedCase(
            name: "matmul[m=\(label)]/native/f32/t1", label: "matmul \(label) | x", kind: "kernel",
            workload: "matmul", parameters: [:], setting: Setting("native"),
            costs: CountedCosts(
                macs: 8, elementOperations: [:], parameters: 4, weightBytes: 16, inputBytes: 8, outputBytes: 8),
            bytes: 100)
    }

    /// A comparison in which each round of a case had the logarithm of a ratio.
    private static func comparison(_ cases: KeyValuePairs<String, [Double]>) -> MeasuredComparison {
        let machine = Machine(
            processor: "Test CPU", architecture: "x86_64", instructionSets: [], caches: [], processors: 2, quota: nil,
            memoryBytes: 1 << 30, kernel: "6.1", toolchain: "Swift")
        func program(_ revision: String, _ hash: String) -> ComparedProgram {
            ComparedProgram(
                revision: revision, commit: RunHeader.Commit(hash: hash, dirty: revision == "."), subject: "",
                build: revision, protocolVersion: 2)
        }
        var comparison = MeasuredComparison(
            header: ComparisonHeader(
                started: "2026-01-31T12:00:00Z", assay: "0.1.0", suites: [.init(name: "suite", title: "A suite")],
                sides: Both(base: program("main", "0123456789abcdef"), head: program(".", "fedcba9876543210")),
                options: ComparisonOptions(), machine: machine, environment: [:], warnings: []))
        for (index, (name, logarithms)) in cases.enumerated() {
            comparison.cases.append(ComparedCase(suite: "suite", sides: Both { _ in listed(name) }))
            for logarithm in logarithms {
                let memory = Memory(baseline: 0, peak: 1 << 20, allocations: 0)
                var round = Round(
                    case: index, order: "BHHB", samples: Both { _ in Samples(calls: 1) },
                    facts: Both { side in
                        Round.Facts(
                            answer: nil,
                            preparation: Preparation(
                                seconds: 0, packedBytes: side == .head && name == "fast" ? 2048 : 1024,
                                workspaceBytes: 0),
                            memory: memory)
                    })
                for _ in 0..<2 {
                    for side in Side.allCases {
                        round.samples[side].seconds.append(side == .base ? 0.001 : 0.001 * exp(logarithm))
                        round.samples[side][.cpuShare].append(1)
                        round.samples[side][.involuntarySwitches].append(0)
                    }
                }
                comparison.rounds.append(round)
            }
        }
        comparison.end = ComparisonEnd(wallSeconds: 60, ranOut: false)
        return comparison
    }

    static func judged(_ cases: KeyValuePairs<String, [Double]>) -> Judgement { Judgement(comparison(cases)) }

    /// Four cases that were compared, one a verdict, one that crashed, one that is new.
    static let judgement = Judgement(mixed)

    static let mixed: MeasuredComparison = {
        func rounds(_ center: Double, spread: Double = 0.003) -> [Double] {
            (0..<12).map { center + spread * (Double($0) / 5.5 - 1) }
        }
        var comparison = Self.comparison([
            "slow": rounds(0.05), "fast": rounds(-0.2), "same": rounds(0.001), "wide": rounds(0.02, spread: 0.03),
        ])
        comparison.code[0] = .same(functions: 3)
        comparison.code[1] = .differs(["one", "two", "three", "four"])
        for name in ["crash", "new"] {
            let sides = Both { side in name == "new" && side == .base ? nil : listed(name) }
            comparison.cases.append(ComparedCase(suite: "suite", sides: sides))
        }
        comparison.outcomes[4] = .failed(SideFailure(.head, Failure(.crashed, "boom\nand more")))
        comparison.outcomes[5] = .oneSided(.head)
        return comparison
    }()

    private let report = ComparisonReport(judgement)

    @Test func theTextSaysItAll() {
        let expected = """
            main (012345678) → . (fedcba987 with changes)

            case             implementation      base      head  ratio  95 % interval  rounds  code     verdict
            ───────────────  ──────────────  ────────  ────────  ─────  ─────────────  ──────  ───────  ────────────
            matmul slow | x  native          1.000 ms  1.051 ms  1.051  1.049 … 1.053      12  same     slower
            matmul fast | x  native          1.000 ms  818.7 µs  0.819  0.817 … 0.820      12  differs  faster
            matmul same | x  native          1.000 ms  1.001 ms  1.001  0.999 … 1.003      12           same
            matmul wide | x  native          1.000 ms  1.020 ms  1.020  1.001 … 1.040      12           inconclusive, at the margin
            """
        let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in expected.split(separator: "\n").filter({ !$0.hasPrefix("─") }) {
            let words = line.split(separator: " ").joined(separator: " ")
            #expect(
                lines.contains { $0.split(separator: " ").joined(separator: " ") == words }, "\(words)\n\(report.text)")
        }
        #expect(report.text.contains("geometric mean"))
        #expect(report.text.contains("matmul fast | x, native: packed weights 1 KiB → 2 KiB (worse)"))
        #expect(report.text.contains("could not measure .: crashed, boom and more"))
        #expect(report.text.contains("assay run --case 'matmul[m=crash]/native/f32/t1'"))
        #expect(report.text.contains("only . has: matmul new | x, native"))
        #expect(report.text.contains("the 3 functions where its time goes are the same machine code"))
        #expect(report.text.contains("the machine code differs in one, two, three and 1 more"))
    }

    /// Nobody is to blame for where the linker puts code.
    @Test func whatMovedIsCountedAndSaid() throws {
        var comparison = Self.mixed
        comparison.code[0] = .moved(functions: 31)
        let report = ComparisonReport(Judgement(comparison))
        #expect(report.sentence.hasPrefix("of 4 cases 0 slower, 1 faster ("))
        #expect(report.sentence.contains("1 moved, 1 same, 1 inconclusive"))
        let reason = "matmul slow | x, native: everything that it calls, 31 functions, is the same machine code"
        #expect(report.text.contains(reason))
        #expect(report.markdown.contains(reason.replacing("|", with: "\\|")))
        #expect(report.csv.contains(",same,moved,"))
        let whole = try JSONSerialization.jsonObject(with: Data(report.json().utf8)) as? [String: Any]
        #expect((whole?["verdicts"] as? [String: Int])?["moved"] == 1)
        #expect((whole?["cases"] as? [[String: Any]])?.first?["verdict"] as? String == "moved")
    }

    @Test func theSentenceNamesTheWorst() {
        #expect(
            report.sentence
                == "of 4 cases 1 slower (matmul slow | x, native: 1.051 times, 95 % interval 1.049 … 1.053, 12 rounds), "
                + "1 faster (matmul fast | x, native: 1.221 times, 95 % interval 1.219 … 1.224, 12 rounds), 1 same, "
                + "1 inconclusive; differences within 2.0 % count as none")
    }

    @Test func markdownCanBePasted() {
        let text = report.markdown
        #expect(text.hasPrefix("### main (012345678) → . (fedcba987 with changes)\n\n**of 4 cases 1 slower"))
        #expect(text.contains("| matmul slow \\| x |"))
        #expect(text.contains("<details><summary>All cases</summary>\n\n|"))
        #expect(text.contains("\n- matmul crash \\| x, native: could not measure .: crashed, boom and more"))
        #expect(text.contains("Test CPU, 2 processors, 2026-01-31T12:00:00Z"))
    }

    @Test func csvHasARowACaseAndColumnsThatStay() throws {
        let csv = try CSV<Named>(string: report.csv)
        #expect(csv.rows.count == 6)
        #expect(
            csv.rows.map { $0["verdict"] } == [
                "slower", "faster", "same", "inconclusive", "not compared", "not compared",
            ])
        #expect(csv.rows[4]["reason"] == "head: boom and more")
        #expect(csv.rows[0]["code"] == "same")
        #expect(Double(csv.rows[1]["ratio"] ?? "").map { abs($0 - exp(-0.2)) < 1e-3 } == true)
        #expect(Double(csv.rows[0]["base_median"] ?? "") == 0.001)
    }

    @Test func jsonIsOneObject() throws {
        let whole = try JSONSerialization.jsonObject(with: Data(try report.json().utf8)) as? [String: Any]
        let cases = try #require(whole?["cases"] as? [[String: Any]])
        #expect(cases.count == 6)
        #expect(cases[0]["verdict"] as? String == "slower")
        let ratio = try #require(cases[0]["ratio"] as? [String: Any])
        #expect(ratio["ci_low"] as? Double ?? 9 < ratio["median"] as? Double ?? 0 && ratio["unit"] as? String == "1")
        let base = (cases[0]["base"] as? [String: [String: [String: Any]]])?["metrics"]?["latency"]
        #expect(base?["median"] as? Double == 0.001 && base?["unit"] as? String == "s")
        #expect(cases[4]["ratio"] == nil)
        #expect(cases[5]["reason"] as? String == "only in head")
        #expect((whole?["verdicts"] as? [String: Int])?["faster"] == 1)
        #expect((whole?["sentence"] as? String) == report.sentence)
    }

    @Test func thePictureHasARowACase() throws {
        let folder = NSTemporaryDirectory() + "assay-compare-plot-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outcome = ReportWriter(folder: folder).write(report)
        #expect(outcome.problems.isEmpty)
        #expect(
            outcome.written == [
                "compare-suite.csv", "compare-suite.md", "compare-suite.gp", "compare-suite.png", "compare-suite.svg",
            ])
        let script = try String(contentsOfFile: "\(folder)/compare-suite.gp", encoding: .utf8)
        for word in ["slower", "faster", "same", "inconclusive", "matmul wide | x · native", "× 1.051"] {
            #expect(script.contains(word))
        }
    }

    @Test func nothingComparedIsSaidAndDrawsNothing() {
        var empty = Self.judgement
        empty.keep { $0.time == nil }
        #expect(ComparisonReport(empty).sentence == "nothing was compared")
        #expect(ComparisonReport(empty).text.contains("not compared:"))
    }
}
