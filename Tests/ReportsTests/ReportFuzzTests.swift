import Comparison
import Foundation
import Platform
import Reports
import Results
import Settings
import TestSupport
import Testing
import Workers

/// Whatever a file of ours holds, what can be read of it can be reported: nothing traps, and nothing but text reaches a
/// terminal, a script or a picture.
@Suite struct ReportFuzzTests {
    /// Reports take longer than reading: a tenth of the inputs gets one.
    private static let count = max(Fuzzing.count / 10, 1)

    @Test func runFiles() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let whole = FuzzedReports.run
            let lines: [RunLine] =
                [.header(whole.header)] + [whole.ceilings].compactMap { $0.map(RunLine.ceilings) }
                + whole.records.map(RunLine.record)
            let damage = LineDamage(try lines.map { Array(try $0.encoded()) })
            Fuzzing.run(count: ReportFuzzTests.count, expecting: ["reported", "refused"]) { draws in
                let run: Run
                do throws(FileError) {
                    run = try RunFileReader.parse(Data(damage.input(&draws)), path: "fuzz.jsonl")
                } catch {
                    return "refused"
                }
                try FuzzedReports.report(run, beside: whole)
                return "reported"
            }
        }
        #expect(
            Fuzzing.failure(output: result?.standardOutputContent, errors: result?.standardErrorContent) == nil)
    }

    @Test func comparisonFiles() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let damage = LineDamage(try FuzzedReports.comparison.map { Array(try JSONLine.encode($0)) })
            let scratch = try Scratch()
            let path = "\(scratch.path)/fuzz.jsonl"
            Fuzzing.run(expecting: ["reported", "read", "refused"]) { draws in
                try Data(damage.input(&draws)).write(to: URL(fileURLWithPath: path))
                _ = ComparisonFile.isOne(path)
                let comparison: MeasuredComparison
                do throws(FileError) {
                    comparison = try ComparisonFile.read(path)
                } catch {
                    if error.message.isEmpty || error.remedy.isEmpty { throw Fuzzing.Finding("no words") }
                    return "refused"
                }
                guard draws.below(10) == 0 else { return "read" }
                try FuzzedReports.report(ComparisonReport(Judgement(comparison)))
                return "reported"
            }
        }
        #expect(
            Fuzzing.failure(output: result?.standardOutputContent, errors: result?.standardErrorContent) == nil)
    }
}

/// What is damaged, and all that is made of it.
private enum FuzzedReports {
    static let run: Run = {
        let records = ["a", "b"].flatMap { label in
            [1, 2, 4].flatMap { size in
                ["native", "openblas"].map { implementation in
                    Synthetic.record(
                        "\(label) \(size)", implementation: implementation,
                        parameters: ["m": "\(size)", "kind": label],
                        macs: 1000 * size, others: 10, seconds: 1e-6 * Double(size), samples: 8, seed: size)
                }
            }
        }
        return Synthetic.run(
            records + [Synthetic.unmeasured(Synthetic.record("c"), .timeout, "no answer")],
            plots: PlotCatalog.kinds.map { PlotRequest(kind: $0.name) })
    }()

    /// The lines of a comparison's file.
    static let comparison: [ComparisonLine] = {
        let header = ComparisonHeader(
            started: "2026-01-31T12:00:00Z", assay: "0.1.0", suites: [.init(name: "suite", title: "A suite")],
            sides: Both { side in
                ComparedProgram(
                    revision: side.rawValue, commit: .init(hash: "0123456789abcdef", dirty: false), subject: "",
                    build: side.rawValue, protocolVersion: 2)
            }, options: ComparisonOptions(), machine: run.header.machine, environment: [:], warnings: [])
        let cases = ["a", "b", "c"].map { label in
            ComparedCase(
                suite: "suite",
                sides: Both { _ in
                    ListedCase(
                        name: "matmul[m=\(label)]/native/f32/t1", label: label, kind: "kernel", workload: "matmul",
                        parameters: [:], setting: Setting("native"), costs: run.records[0].costs, bytes: 100)
                })
        }
        var lines: [ComparisonLine] = [.header(header)] + cases.map { .case($0) }
        for number in 0..<8 {
            for index in 0..<2 {
                var round = Round(
                    case: index, order: "BHHB", samples: Both { _ in Samples(calls: 1) },
                    facts: Both { _ in
                        Round.Facts(
                            answer: nil, preparation: Preparation(seconds: 0, packedBytes: 8, workspaceBytes: 0),
                            memory: Memory(baseline: 1 << 20, peak: 2 << 20, allocations: 0))
                    })
                for _ in 0..<2 {
                    for side in Side.allCases {
                        let factor = side == .head ? 1 + 0.1 * Double(index) + 0.001 * Double(number) : 1
                        round.samples[side].seconds.append(1e-3 * factor)
                        round.samples[side][.cpuShare].append(1)
                        round.samples[side][.involuntarySwitches].append(0)
                    }
                }
                lines.append(.round(round))
            }
        }
        return lines + [
            .code(0, .same(functions: 3)), .code(1, .differs(["softmax"])),
            .outcome(2, .failed(SideFailure(.head, Failure(.crashed, "boom")))),
            .end(ComparisonEnd(wallSeconds: 60, ranOut: false)),
        ]
    }()

    static func report(_ run: Run, beside whole: Run) throws {
        try expectText(RunTable.table(of: run).rendered() + RunTable.notes(on: run).joined(separator: "\n"))
        _ = CSV.text(of: [run])
        for plot in PlotCatalog.plots(of: [run]).plots { try expectLiteral(plot) }
        for runs in [Both(base: whole, head: run), Both(base: run, head: whole)] {
            let judgement = RunComparison.judgement(of: runs, options: ComparisonOptions())
            _ = ComparisonReport(judgement).csv
        }
        guard let history = History([whole, run]) else { return }
        try expectText(history.table.rendered())
        for plot in HistoryPlots.plots(of: history) { try expectLiteral(plot) }
    }

    static func report(_ report: ComparisonReport) throws {
        try expectText(report.table.rendered())
        _ = (report.text + report.markdown + report.csv, report.document)
        for plot in report.plots { try expectLiteral(plot) }
    }

    /// Lines of text and nothing that moves a cursor.
    private static func expectText(_ text: String) throws {
        for scalar in text.unicodeScalars where scalar.properties.generalCategory == .control && scalar != "\n" {
            throw Fuzzing.Finding("a control character, \(scalar.value), in a table")
        }
    }

    /// Every statement is a line, and every text in it stands between quotes that belong together.
    private static func expectLiteral(_ plot: Plot) throws {
        for case .line(let line) in plot.script.statements {
            let scalars = line.replacing(", \\\n    ", with: ", ").unicodeScalars
            guard !scalars.contains(where: { $0.properties.generalCategory == .control }) else {
                throw Fuzzing.Finding("a control character in a script: \(line)")
            }
            guard scalars.count(where: { $0 == "'" }).isMultiple(of: 2) else {
                throw Fuzzing.Finding("an open quote in a script: \(line)")
            }
        }
    }
}
