import Comparison
import Foundation
import Platform
import Results

extension ComparisonReport {
    /// Fixed columns that do not depend on the data; times in seconds.
    private static let columns = [
        "base", "head", "machine", "suite", "case", "label", "implementation", "threads", "base_median", "head_median",
        "ratio", "ci_low", "ci_high", "p_value", "base_count", "head_count", "spoilt_rounds", "rounds_needed", "code",
        "verdict",
        "reason",
    ]

    /// One row per case, whether it was compared or not.
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
        case .unsupported(let reason), .incomparable(let reason): reason.onOneLine
        case .failed(let failure): "\(failure.side.rawValue): \(failure.failure.message.onOneLine)"
        }
    }

    /// Both sides, the conclusions, and every case.
    package var document: JSONDocument {
        let header = judgement.header
        let means = judgement.suites.compactMap { suite in
            JSONValue(judgement.geometricMean(of: suite)).map { (suite, $0) }
        }
        let verdicts = Verdict.allCases.map { ($0.rawValue, JSONValue.int(judgement.count($0))) }
        return JSONDocument(
            command: "compare", cases: judgement.cases.map(json), notes: judgement.notes,
            others: [
                "base": Self.json(header.sides.base), "head": Self.json(header.sides.head),
                "machine": .string(header.machine.id), "processor": .string(header.machine.processor),
                "started": .string(header.started), "margin": .number(header.options.margin),
                "confidence": .number(header.options.confidence), "is_paired": .bool(judgement.isPaired),
                "geometric_means": .object(Dictionary(means) { first, _ in first }),
                "verdicts": .object(Dictionary(verdicts) { first, _ in first }), "sentence": .string(sentence),
            ])
    }

    private static func json(_ program: ComparedProgram) -> JSONValue {
        let isDirty: JSONValue? = program.commit.map { JSONValue.bool($0.dirty) }
        return [
            "revision": .string(program.revision), "commit": JSONValue(program.commit?.hash),
            "is_dirty": isDirty, "subject": .string(program.subject),
        ]
    }

    private func json(_ item: CaseJudgement) -> JSONValue {
        func side(_ side: Side) -> JSONValue? {
            guard let medians = item.medians else { return nil }
            let figures: [(String, Double?)] = [
                ("median", medians[side]), ("count", Double(item.observations[side])),
            ]
            return ["metrics": ["latency": JSONCase.metric(figures, unit: "s")]]
        }
        let ratio = item.time.flatMap { time -> JSONValue? in
            let figures: [(String, Double?)] = [
                ("median", time.ratio), ("ci_low", time.interval?.lowerBound),
                ("ci_high", time.interval?.upperBound), ("p_value", time.pValue),
            ]
            return JSONCase.metric(figures, unit: "1")
        }
        let changes = item.changes.map { change -> JSONValue in
            [
                "metric": .string(change.metric), "unit": .string(change.unit), "base": JSONValue(change.base),
                "head": JSONValue(change.head), "is_worse": .bool(change.isWorse),
            ]
        }
        let verdict = item.time?.verdict.rawValue ?? "not compared"
        let reason = item.outcome == nil ? nil : reason(of: item)
        return JSONCase.of(
            name: item.item.name, label: item.item.label, setting: item.item.setting,
            suite: item.item.suite,
            [
                "base": side(.base), "head": side(.head), "ratio": ratio,
                "spoilt_rounds": .int(item.spoilt), "rounds_needed": JSONValue(item.roundsNeeded),
                "code": JSONValue(item.code?.word), "verdict": .string(verdict),
                "reason": JSONValue(reason), "changes": .array(changes),
            ])
    }
}
