import Comparison
import Results
import Settings

extension History {
    /// One row per case: its first and last figures, and its steps.
    package var table: Table {
        let columns = columns
        return Table(
            columns: columns.map(\.head), rows: series.map { series in columns.map { $0.cell(series) } })
    }

    private typealias Column = (head: Table.Column, cell: (Series) -> String)

    private var columns: [Column] {
        let all = commits.count
        var columns: [Column] = [
            (.left("case"), { $0.label.shortened(to: 60) }), (.left("implementation"), { $0.setting.contestant }),
        ]
        if Set(series.map(\.setting.threads)).count > 1 {
            columns.append((.right("threads"), { String($0.setting.threads) }))
        }
        columns += [
            (.right("commits"), { $0.points.count == all ? "\(all)" : "\($0.points.count) of \(all)" }),
            (.right("first"), { $0.points.first.map { Format.seconds($0.median) } ?? "" }),
            (.right("last"), { $0.points.last.map { Format.seconds($0.median) } ?? "" }),
            (.right("±"), { $0.points.last?.relativeHalfWidth.map(Format.percent) ?? "" }),
            (.right("change"), { $0.change.map { Format.change($0) } ?? "" }),
            (
                .left("steps"),
                { series in series.steps.map { "\(Format.times($0.ratio)) at \(name($0.to))" }.joined(separator: ", ") }
            ),
        ]
        return columns
    }

    private func name(_ commit: Int) -> String { commits[commit].name }

    /// The table and the shared steps and updates.
    package var sections: [ReportSection] { [.table(table), .list("", sharedStepSentences + updateSentences)] }

    /// One sentence per update: "at 3f170a3 the toolchain changed from Swift 6.3 to Swift 6.4".
    package var updateSentences: [String] {
        updates.map { "at \(name($0.commit)) the \($0.what) changed from \($0.before) to \($0.after)" }
    }

    /// One sentence per step that most cases share: "20 of 22 cases: 1.04x slower at 3f170a3: ...".
    package var sharedStepSentences: [String] {
        sharedSteps.map { step in
            let who = step.cases == step.of ? "all \(step.of) cases" : "\(step.cases) of \(step.of) cases"
            return
                "\(who): \(Format.times(step.ratio)) at \(name(step.commit)): the machine or the toolchain, not a kernel?"
        }
    }
}

extension Series {
    /// The last figure / the first; nil if there is only one.
    fileprivate var change: Double? {
        guard let first = points.first, let last = points.last, points.count > 1, first.median > 0 else { return nil }
        return last.median / first.median
    }
}

extension Series.Point {
    fileprivate var relativeHalfWidth: Double? {
        guard let low, let high, median > 0 else { return nil }
        return (high - low) / 2 / median
    }
}

extension Format {
    /// A ratio of times as `1.31x slower`, `1.042x faster`.
    package static func times(_ ratio: Double) -> String {
        let factor = max(ratio, 1 / ratio)
        return "\(significant(factor, digits: factor < 1.1 ? 4 : 3))x \(ratio > 1 ? "slower" : "faster")"
    }

    /// A ratio as a change: `+4.2 %`, `-20.0 %`.
    package static func change(_ ratio: Double) -> String {
        // A change that rounds to zero has no sign.
        abs(ratio - 1) < 0.5e-4 ? percent(0) : (ratio < 1 ? "" : "+") + percent(ratio - 1)
    }
}
