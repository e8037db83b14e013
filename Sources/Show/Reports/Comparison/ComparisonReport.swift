import Comparison
import Platform
import Results
import Settings

/// The report of a comparison: one row per case, a geometric mean per suite, and a sentence.
package struct ComparisonReport: PrintedReport, Sendable {
    let judgement: Judgement

    package init(_ judgement: Judgement) { self.judgement = judgement }

    /// The two sides.
    package var title: String {
        let sides = judgement.header.sides
        return "\(sides.base.text) → \(sides.head.text)"
    }

    /// The ratios of each suite with their intervals.
    package var plots: [Plot] {
        let names = judgement.header.sides.names
        return RatioPlot.plots(
            of: judgement, title: [names.base, names.head].map { $0.shortened(to: 43) }.joined(separator: " → "))
    }

    /// One row per compared case, and one for the geometric mean of each suite.
    package var table: Table {
        var columns: [Table.Column] =
            [
                .left("case"), .left("implementation"), .right("base"), .right("head"), .right("ratio"),
                .right("95 % interval"), .right(judgement.isPaired ? "rounds" : "samples"),
            ] + (saysCode ? [.left("code")] : []) + [.left("verdict")]
        let threads = Set(judgement.cases.map(\.item.threads)).count > 1
        if threads { columns.insert(.right("threads"), at: 2) }
        var rows: [[String]] = []
        for suite in judgement.suites {
            for item in judgement.cases where item.item.suite == suite && item.time != nil {
                rows.append(row(of: item, threads: threads))
            }
            guard let mean = judgement.geometricMean(of: suite) else { continue }
            let name = judgement.suites.count > 1 ? "geometric mean of \(suite)" : "geometric mean"
            rows.append([name, "", "", ""] + (threads ? [""] : []) + [Self.ratio(mean)])
        }
        return Table(columns: columns, rows: rows)
    }

    func row(of item: CaseJudgement, threads: Bool) -> [String] {
        guard let time = item.time, let medians = item.medians else { return [] }
        let counts = item.observations
        return [item.item.label.shortened(to: 60), item.item.setting.contestant]
            + (threads ? [String(item.item.threads)] : [])
            + [
                Format.seconds(medians.base), Format.seconds(medians.head), Self.ratio(time.ratio),
                Self.interval(time.interval),
                counts.base == counts.head ? "\(counts.head)" : "\(counts.base), \(counts.head)",
            ] + (saysCode ? [item.code?.word ?? ""] : []) + [verdict(of: item)]
    }

    /// Whether the machine code was compared.
    private var saysCode: Bool { judgement.cases.contains { $0.code != nil } }

    private func verdict(of item: CaseJudgement) -> String {
        guard let time = item.time else { return "" }
        guard time.verdict == .inconclusive else { return time.verdict.rawValue }
        guard judgement.isPaired else { return "inconclusive" }
        guard let needed = item.roundsNeeded else { return "inconclusive, at the margin" }
        return "inconclusive, \(needed) rounds may tell"
    }

    static func ratio(_ value: Double) -> String { Format.fixed(value, decimals: 3) }

    static func interval(_ interval: ClosedRange<Double>?) -> String {
        guard let interval else { return "too few" }
        guard interval.upperBound < 1e3 else { return "unbounded" }
        return "\(ratio(interval.lowerBound)) … \(ratio(interval.upperBound))"
    }

    /// Changes of other metrics, one per line.
    package var changes: [String] {
        judgement.cases.flatMap { item in
            item.changes.map { change in
                let values = [change.base, change.head].map { Format.value($0, unit: change.unit) }
                // Rounded figures may look alike although they differ.
                let shown = values[0] == values[1] ? [change.base, change.head].map(CSV.number) : values
                return "\(item.item.label.onOneLine), \(item.item.implementation): \(change.title.lowercased()) "
                    + "\(shown[0]) → \(shown[1])" + (change.isWorse ? " (worse)" : "")
            }
        }
    }

    /// What the machine code says about each case whose times differ, one line per case.
    package var reasons: [String] {
        judgement.cases.compactMap { item in
            guard item.time?.verdict.isDifference == true, let code = item.code else { return nil }
            let name = "\(item.item.label.onOneLine), \(item.item.implementation)"
            switch code {
            case .moved(let functions):
                return
                    "\(name): everything that it calls, \(functions) function\(functions == 1 ? "" : "s"), is the same "
                    + "machine code at other addresses: the difference is due to these addresses, or noise"
            case .same(let functions):
                return "\(name): the \(functions == 1 ? "function" : "\(functions) functions") where its time goes "
                    + "\(functions == 1 ? "is" : "are") the same machine code; look at what calls "
                    + "\(functions == 1 ? "it" : "them"), how often and with what data"
            case .differs(let names):
                let shown = names.prefix(3).joined(separator: ", ")
                return "\(name): the machine code differs in \(shown)"
                    + (names.count > 3 ? " and \(names.count - 3) more" : "")
            case .unknown(let reason): return "\(name): whether the machine code differs is unknown: \(reason)"
            }
        }
    }

    /// Cases that were not compared, one line each with the reason; one line per side for cases that only it has.
    package var missing: [String] {
        var lines: [String] = []
        for item in judgement.cases {
            let name = "\(item.item.label.onOneLine), \(item.item.implementation)"
            switch item.outcome {
            case nil where item.time == nil: lines.append("\(name): not measured before the end")
            case nil: break
            case .oneSided: break
            case .unsupported(let reason), .incomparable(let reason):
                lines.append("\(name): \(reason)")
            case .failed(let failure):
                lines.append(
                    "\(name): could not measure \(self.name(of: failure.side)): \(failure.failure.kind.rawValue), "
                        + failure.failure.message.onOneLine
                        + "\n    assay run --case '\(item.item.name.onOneLine.replacing("'", with: #"'\''"#))'")
            }
        }
        return Side.allCases.compactMap(casesOnly) + lines
    }

    private func casesOnly(of side: Side) -> String? {
        let names = judgement.cases.filter { $0.outcome == .oneSided(side) }.map {
            "\($0.item.label), \($0.item.implementation)"
        }
        return names.isEmpty ? nil : "only \(name(of: side)) has: " + names.joined(separator: "; ")
    }

    private func name(of side: Side) -> String {
        let sides = judgement.header.sides
        // In a self-test, both sides are the running program.
        return sides.base.revision == sides.head.revision ? side.rawValue : sides[side].revision
    }

    /// One sentence: how many cases are slower, the worst one with its interval, and the remaining verdicts.
    package var sentence: String {
        let compared = judgement.cases.filter { $0.time != nil }
        guard !compared.isEmpty else { return "nothing was compared" }
        let worst = compared.filter { $0.time?.verdict == .slower }.max {
            ($0.time?.ratio ?? 0) < ($1.time?.ratio ?? 0)
        }
        let best = compared.filter { $0.time?.verdict == .faster }.min { ($0.time?.ratio ?? 0) < ($1.time?.ratio ?? 0) }
        let count = compared.count
        func part(_ verdict: Verdict, _ example: CaseJudgement?) -> String {
            "\(judgement.count(verdict)) \(verdict.rawValue)" + (example.map { " (\(described($0)))" } ?? "")
        }
        return "of \(count) case\(count == 1 ? "" : "s") " + part(.slower, worst) + ", " + part(.faster, best) + ", "
            + (judgement.count(.moved) > 0 ? part(.moved, nil) + ", " : "") + part(.same, nil) + ", "
            + part(.inconclusive, nil)
            + "; differences within \(Format.percent(judgement.header.options.margin)) count as none"
    }

    private func described(_ item: CaseJudgement) -> String {
        guard let time = item.time else { return "" }
        let factor = max(time.ratio, 1 / time.ratio)
        let ends = time.interval.map { [$0.lowerBound, $0.upperBound] } ?? []
        let shown = time.ratio < 1 ? ends.map { 1 / $0 }.reversed() : ends
        return "\(item.item.label.onOneLine), \(item.item.implementation): \(Self.ratio(factor)) times"
            + (shown.count == 2 ? ", 95 % interval \(Self.ratio(shown[0])) … \(Self.ratio(shown[1]))" : "")
            + (judgement.isPaired ? ", \(item.observations.head) rounds" : "")
    }
}

extension CodeComparison {
    /// A word for tables and CSV.
    var word: String {
        switch self {
        case .same, .moved: "same"
        case .differs: "differs"
        case .unknown: "unknown"
        }
    }
}

extension ReportWriter {
    /// The CSV, the Markdown and the picture of a comparison.
    package func write(_ report: ComparisonReport) -> Outcome {
        let name = FileName.stem(["compare"] + report.judgement.suites)
        return write(
            texts: [("\(name).csv", report.csv), ("\(name).md", report.markdown)],
            plots: report.plots)
    }
}
