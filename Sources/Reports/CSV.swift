import Results

/// Runs as long-form CSV: one value a row, the same columns whatever the data (RFC 4180, but with lines ended by LF, as
/// tools expect it here).
package enum CSV {
    package static let columns = [
        "run", "commit", "machine", "suite", "case", "label", "kind", "name", "implementation", "threads", "metric",
        "statistic", "value", "unit",
    ]

    /// Latency in seconds; of a case that was not measured only what is counted from its shape. Runs, cases and metrics
    /// stay in their order.
    package static func text(of runs: [Run]) -> String {
        var text = line(columns)
        for run in runs {
            let metrics = MetricCatalog.metrics + [.roofline(in: run)]
            for record in run.records {
                let subject =
                    [
                        run.id, run.commit, run.machine, run.header.suite.name, record.case, record.label, record.kind,
                        record.name, record.implementation, String(record.threads),
                    ].map(field).joined(separator: ",") + ","
                for metric in metrics {
                    for figure in metric.reported(record) {
                        text += subject
                        text += line([metric.name, figure.statistic, number(figure.value), metric.unit(of: figure)])
                    }
                }
            }
        }
        return text
    }

    /// The shortest decimal that is read back as the same double; whole numbers without a point.
    package static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? value.description
    }

    /// A line of fields, each quoted where it must be.
    package static func line(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\n" }

    /// Quoted where a comma, a quote or a line break would be misread.
    private static func field(_ text: String) -> String {
        // Scalars, not characters: Swift reads CR LF as one.
        guard text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
