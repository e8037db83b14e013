import Comparison
import Foundation
import Results
import Settings
import Statistics

/// The report of a self-test: one row per case, and a sentence.
package struct SelfTestReport: PrintedReport, Sendable {
    private let test: SelfTest

    package init(_ test: SelfTest) { self.test = test }

    /// A case over all comparisons of the test.
    private struct Row {
        let name: String
        let label: String
        let setting: Setting
        /// Whether work was added to one side.
        let isSlowed: Bool
        let comparisons: Int
        /// Medians over the comparisons: of the ratios, and of the least visible slowdowns.
        let ratio: Double
        let leastVisible: Double?
        let rounds: Int
        let slower: Int
        let faster: Int
        let moved: Int
        let same: Int
        let inconclusive: Int
        let covered: Int
    }

    private var rows: [Row] {
        var order: [String] = []
        var found: [String: [SelfTest.Finding]] = [:]
        for finding in test.judgements.flatMap(test.findings) {
            let name = finding.item.item.name
            if found[name] == nil { order.append(name) }
            found[name, default: []].append(finding)
        }
        return order.compactMap { name in
            guard let findings = found[name], let first = findings.first else { return nil }
            func count(_ verdict: Verdict) -> Int { findings.count { $0.item.time?.verdict == verdict } }
            let times = findings.compactMap(\.item.time)
            return Row(
                name: name, label: first.item.item.label, setting: first.item.item.setting, isSlowed: first.isSlowed,
                comparisons: findings.count, ratio: Quantiles(times.map(\.ratio))?.median ?? 1,
                leastVisible: Quantiles(findings.compactMap(\.item.leastVisible))?.median,
                rounds: findings.reduce(0) { $0 + $1.item.observations.head }, slower: count(.slower),
                faster: count(.faster), moved: count(.moved), same: count(.same), inconclusive: count(.inconclusive),
                covered: times.count { $0.interval?.contains(1) == true })
        }
    }

    /// One row per case: its verdicts, and the slowdown that would have been visible.
    package var table: Table {
        Table(
            columns: [
                .left("case"), .left("implementation"), .right("ratio"), .right("rounds"), .right("would show"),
                .left("verdicts"),
            ],
            rows: rows.map { row in
                let verdicts = [
                    (row.slower, "slower"), (row.faster, "faster"), (row.moved, "moved"), (row.same, "same"),
                    (row.inconclusive, "inconclusive"),
                ].filter { $0.0 > 0 }.map { row.comparisons == 1 ? $0.1 : "\($0.0) \($0.1)" }
                return [
                    row.label.shortened(to: 60) + (row.isSlowed ? " (slowed)" : ""), row.setting.implementation,
                    ComparisonReport.ratio(row.ratio), String(row.rounds),
                    row.leastVisible.map { "+" + Format.percent($0 - 1) } ?? "too few",
                    verdicts.joined(separator: ", "),
                ]
            })
    }

    /// False alarms, coverage, and whether the slowed cases were found.
    package var sentence: String {
        let (covered, of) = test.coverage
        let comparisons = test.judgements.count
        var parts: [String] = []
        guard !rows.isEmpty else { return "nothing was compared" }
        if !test.tells {
            parts.append(
                "every verdict is inconclusive, which is not a pass: raise --budget, or choose fewer cases by --filter")
        } else if test.unslowed > 0 {
            let (alarms, plural) = (test.falseAlarms, comparisons == 1 ? "" : "s")
            parts.append(
                alarms == 0
                    ? "no false alarms in \(comparisons) comparison\(plural)"
                    : "\(alarms) false alarm\(alarms == 1 ? "" : "s") in "
                        + "\(comparisons - test.quietComparisons) of \(comparisons) comparison\(plural)")
        }
        if of > 0 {
            parts.append("\(covered) of \(of) intervals contain 1 (\(Format.percent(Double(covered) / Double(of))))")
        }
        if test.moved > 0 { parts.append("\(test.moved) verdict\(test.moved == 1 ? "" : "s") of moved") }
        if test.unmeasured > 0 {
            parts.append("\(test.unmeasured) case\(test.unmeasured == 1 ? " was" : "s were") not measured")
        }
        if test.found.of > 0 {
            parts.append("\(test.found.slower) of \(test.found.of) slowed cases were called slower")
        }
        return parts.joined(separator: "; ")
    }

    package var sections: [ReportSection] { [.table(table), .paragraph(sentence)] }

    package var csv: String {
        let head = [
            "label", "implementation", "slowed", "comparisons", "ratio", "least_visible", "rounds", "slower", "faster",
            "moved", "same", "inconclusive", "covered",
        ]
        let lines = rows.map { row in
            [
                row.label, row.setting.implementation, String(row.isSlowed), String(row.comparisons),
                CSV.number(row.ratio),
                row.leastVisible.map(CSV.number) ?? "", String(row.rounds), String(row.slower), String(row.faster),
                String(row.moved), String(row.same), String(row.inconclusive), String(row.covered),
            ]
        }
        return ([head] + lines).map(CSV.line).joined()
    }

    /// The counts, and every case.
    package var document: JSONDocument {
        JSONDocument(
            command: "selftest", cases: rows.map(json),
            others: [
                "comparisons": .int(test.judgements.count), "false_alarms": .int(test.falseAlarms),
                "moved": .int(test.moved), "unmeasured": .int(test.unmeasured), "intervals": .int(test.coverage.of),
                "intervals_that_hold": .int(test.coverage.covered), "slowed": .int(test.found.of),
                "slowed_called_slower": .int(test.found.slower), "sentence": .string(sentence),
            ])
    }

    private func json(_ row: Row) -> JSONValue {
        let verdicts: [String: JSONValue?] = [
            "slower": .int(row.slower), "faster": .int(row.faster), "moved": .int(row.moved), "same": .int(row.same),
            "inconclusive": .int(row.inconclusive),
        ]
        let ratio = JSONCase.metric([("median", row.ratio), ("least_visible", row.leastVisible)], unit: "1")
        return JSONCase.of(
            name: row.name, label: row.label, setting: row.setting,
            [
                "is_slowed": .bool(row.isSlowed), "comparisons": .int(row.comparisons), "rounds": .int(row.rounds),
                "covered": .int(row.covered), "ratio": ratio, "verdicts": .object(known: verdicts),
            ])
    }
}
