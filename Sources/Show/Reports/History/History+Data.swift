import Comparison
import Foundation
import Results
import Settings

extension History: PrintedReport {
    private static let csvColumns = [
        "suite", "machine", "case", "label", "implementation", "threads", "place", "commit", "started", "statistic",
        "value", "unit",
    ]

    /// Long form: one value per row, in seconds. Beside the statistics of a commit's samples there is its `level` and,
    /// at the first commit on a new level, the `step`: new / old. `place` counts commits from 1, oldest first.
    package var csv: String {
        var text = CSV.line(Self.csvColumns)
        for series in series {
            let levels = series.points.map { point in
                series.levels.first { ($0.first...$0.last).contains(point.commit) }?.seconds
            }
            for (point, level) in zip(series.points, levels) {
                let commit = commits[point.commit]
                let subject = [
                    suite, machine, series.case, series.label, series.setting.implementation,
                    String(series.setting.threads),
                    String(point.commit + 1), commit.hash + (commit.isDirty ? "-dirty" : ""), commit.started,
                ]
                let step = series.steps.first { $0.to == point.commit }?.ratio
                let figures: [(String, Double?, String)] = [
                    ("median", point.median, "s"), ("ci_low", point.low, "s"), ("ci_high", point.high, "s"),
                    ("count", Double(point.count), "1"), ("level", level, "s"), ("step", step, "1"),
                ]
                for (statistic, value, unit) in figures {
                    guard let value, value.isFinite else { continue }
                    text += CSV.line(subject + [statistic, CSV.number(value), unit])
                }
            }
        }
        return text
    }

    /// The suite, the machine, the commits, and the cases with their points, levels and steps.
    package var document: JSONDocument {
        let commits = commits.map { commit -> JSONValue in
            [
                "commit": .string(commit.hash), "is_dirty": .bool(commit.isDirty), "started": .string(commit.started),
                "runs": .int(commit.runs),
            ]
        }
        let shared = sharedSteps.map { step -> JSONValue in
            [
                "to": .int(step.commit), "ratio": JSONValue(step.ratio), "cases": .int(step.cases),
                "of": .int(step.of),
            ]
        }
        return JSONDocument(
            command: "history", cases: series.map(json), notes: sharedStepSentences + updateSentences,
            others: [
                "suite": .string(suite), "title": .string(title), "machine": .string(machine),
                "processor": .string(processor),
                "commits": .array(commits), "shared_steps": .array(shared),
            ])
    }

    /// Commits are given by their indexes in `commits`, from 0.
    private func json(_ series: Series) -> JSONValue {
        let points = series.points.map { point -> JSONValue in
            let figures: [(String, Double?)] = [
                ("median", point.median), ("ci_low", point.low), ("ci_high", point.high), ("min", point.least),
                ("max", point.most), ("count", Double(point.count)),
            ]
            return ["place": .int(point.commit), "metrics": ["latency": JSONCase.metric(figures, unit: "s")]]
        }
        let levels = series.levels.map { level -> JSONValue in
            let latency = JSONCase.metric([("median", level.seconds)], unit: "s")
            return ["first": .int(level.first), "last": .int(level.last), "metrics": ["latency": latency]]
        }
        let steps = series.steps.map { step -> JSONValue in
            ["from": .int(step.from), "to": .int(step.to), "ratio": JSONValue(step.ratio)]
        }
        return JSONCase.of(
            name: series.case, label: series.label, setting: series.setting,
            suite: suite, ["points": .array(points), "levels": .array(levels), "steps": .array(steps)])
    }
}

extension ReportWriter {
    /// Writes a history's CSV and pictures of its cases.
    package func write(_ history: History) -> Outcome {
        write(
            texts: [("\(FileName.stem([history.suite, "history"])).csv", history.csv)],
            plots: HistoryPlots.plots(of: history))
    }
}
