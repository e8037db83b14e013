import Results
import Settings

extension CSV {
    package static let columns = [
        "run", "commit", "machine", "suite", "case", "label", "kind", "name", "implementation", "threads", "metric",
        "statistic", "value", "unit",
    ]

    /// Runs in long form: one value per row, always with the same columns.
    ///
    /// Latency is in seconds; a case that was not measured only has metrics counted from its shape. Runs, cases and
    /// metrics keep their order.
    package static func text(of runs: [Run]) -> String {
        var text = line(columns)
        for run in runs {
            let figures = RunFigures(run)
            for record in run.records {
                let subject =
                    [
                        run.id, run.commit, run.machine, run.header.suite.name, record.case, record.label, record.kind,
                        record.name, record.implementation, String(record.threads),
                    ].map(field).joined(separator: ",") + ","
                for metric in figures.metrics {
                    for figure in figures.figures(of: metric, for: record) {
                        text += subject
                        text += line([metric.name, figure.statistic, number(figure.value), metric.unit(of: figure)])
                    }
                }
            }
        }
        return text
    }
}
