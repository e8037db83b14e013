import Comparison
import Foundation
import Results

extension ComparisonReport {
    /// Columns that never depend on the data; times in seconds.
    private static let columns = [
        "base", "head", "machine", "suite", "case", "label", "implementation", "threads", "base_median", "head_median",
        "ratio", "ci_low", "ci_high", "p_value", "base_count", "head_count", "spoilt_rounds", "rounds_needed", "code",
        "verdict",
        "reason",
    ]

    /// A row a case, whether it was compared or not.
    package var csv: String {
        let header = judgement.header
        let rows = judgement.cases.map { item -> [String] in
            let time = item.time
            return [
                header.sides.base.text, header.sides.head.text, header.machine.id, item.item.suite, item.item.name,
                item.item.label, item.item.implementation, String(item.item.threads),
                item.medians.map { CSV.number($0.base) } ?? "", item.medians.map { CSV.number($0.head) } ?? "",
                time.map { CSV.number($0.ratio) } ?? "", time?.interval.map { CSV.number($0.lowerBound) } ?? "",
                time?.interval.map { CSV.number($0.upperBound) } ?? "", time.map { CSV.number($0.pValue) } ?? "",
                String(item.observations.base), String(item.observations.head), String(item.spoilt),
                item.roundsNeeded.map(String.init) ?? "", item.code?.word ?? "",
                time?.verdict.rawValue ?? "not compared", reason(of: item),
            ]
        }
        return ([Self.columns] + rows).map(CSV.line).joined()
    }

    private func reason(of item: CaseJudgement) -> String {
        switch item.outcome {
        case nil: ""
        case .oneSided(let side): "only in \(side.rawValue)"
        case .unsupported(let reason): reason.onOneLine
        case .failed(let failure): "\(failure.side.rawValue): \(failure.failure.message.onOneLine)"
        }
    }

    private struct Row: Encodable {
        let suite: String
        let `case`: String
        let label: String
        let implementation: String
        let threads: Int
        let baseMedian: Double?
        let headMedian: Double?
        let ratio: Double?
        /// Of the ratio, 95 %; missing where there are too few observations.
        let interval: [Double]?
        let pValue: Double?
        let baseCount: Int
        let headCount: Int
        let spoiltRounds: Int
        let roundsNeeded: Int?
        /// Whether both sides run the same machine code: `same`, `differs`, `unknown`.
        let code: String?
        let verdict: String
        let reason: String?
        let changes: [Change]
    }

    private struct Change: Encodable {
        let metric: String
        let unit: String
        let base: Double
        let head: Double
        let isWorse: Bool
    }

    private struct Whole: Encodable {
        let base: ComparedProgram
        let head: ComparedProgram
        let machine: String
        let margin: Double
        let isPaired: Bool
        let geometricMeans: [String: Double]
        let verdicts: [String: Int]
        let sentence: String
        let notes: [String]
        let cases: [Row]
    }

    /// One object: both sides, what was concluded, and every case.
    package func json() throws -> String {
        let means = judgement.suites.compactMap { suite in judgement.geometricMean(of: suite).map { (suite, $0) } }
        let verdicts: [Verdict] = [.slower, .faster, .moved, .same, .inconclusive]
        let whole = Whole(
            base: judgement.header.sides.base, head: judgement.header.sides.head, machine: judgement.header.machine.id,
            margin: judgement.header.options.margin, isPaired: judgement.isPaired,
            geometricMeans: Dictionary(uniqueKeysWithValues: means),
            verdicts: Dictionary(uniqueKeysWithValues: verdicts.map { ($0.rawValue, judgement.count($0)) }),
            sentence: sentence, notes: judgement.notes, cases: judgement.cases.map(row))
        return try JSONText.of(whole)
    }

    private func row(_ item: CaseJudgement) -> Row {
        Row(
            suite: item.item.suite, case: item.item.name, label: item.item.label,
            implementation: item.item.implementation, threads: item.item.threads, baseMedian: item.medians?.base,
            headMedian: item.medians?.head, ratio: item.time?.ratio,
            interval: item.time?.interval.flatMap { $0.upperBound.isFinite ? [$0.lowerBound, $0.upperBound] : nil },
            pValue: item.time?.pValue, baseCount: item.observations.base, headCount: item.observations.head,
            spoiltRounds: item.spoilt, roundsNeeded: item.roundsNeeded, code: item.code?.word,
            verdict: item.time?.verdict.rawValue ?? "not compared",
            reason: item.outcome == nil ? nil : reason(of: item),
            changes: item.changes.map {
                Change(metric: $0.metric, unit: $0.unit, base: $0.base, head: $0.head, isWorse: $0.isWorse)
            })
    }
}
