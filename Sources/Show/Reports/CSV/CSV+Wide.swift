import Results
import Settings

extension CSV {
    private static let subjects = [
        "run", "commit", "machine", "suite", "case", "label", "kind", "name", "implementation", "element", "threads",
        "status", "failure", "reason", "stop", "is_precise", "roofline_limit",
    ]

    /// Runs as one table with one case per row. The columns are the case's description, its parameters by their words
    /// in suites, and all statistics of all metrics in SI units: `latency_seconds_median`. Missing values are empty.
    package static func wide(_ runs: [Run]) -> String {
        let runs = runs.map { (run: $0, figures: RunFigures($0)) }
        let figures = FigureColumn.all(of: runs)
        let taken = Set(subjects + figures.map(\.title))
        let words = Set(runs.flatMap(\.run.records).flatMap(\.parameters.keys)).sorted()
        let parameters = words.map { taken.contains($0) ? "parameter_\($0)" : $0 }
        var text = line(subjects + parameters + figures.map(\.title))
        for (run, own) in runs {
            let metrics = Dictionary(own.metrics.map { ($0.name, $0) }) { first, _ in first }
            for record in run.records {
                let values = metrics.mapValues { metric -> [String: String] in
                    let figures = own.figures(of: metric, for: record).map { ($0.statistic, number($0.value)) }
                    return Dictionary(figures) { first, _ in first }
                }
                let subject: [String] = [
                    run.id, run.commit, run.machine, run.header.suite.name, record.case, record.label, record.kind,
                    record.name, record.implementation, record.element.rawValue, String(record.threads),
                    record.status.rawValue,
                    record.failure?.kind.rawValue ?? "", record.failure?.message ?? "",
                    record.samples?.stop.rawValue ?? "",
                    record.status == .measured ? String(!run.isImprecise(record)) : "",
                    run.roofline(of: record)?.limit ?? "",
                ]
                let chosen: [String] = words.map { record.parameters[$0] ?? "" }
                let measured: [String] = figures.map { values[$0.metric]?[$0.statistic] ?? "" }
                text += line(subject + chosen + measured)
            }
        }
        return text
    }

    /// The column for one statistic of a metric.
    private struct FigureColumn {
        let metric: String
        let statistic: String
        let title: String

        /// Columns for all statistics of the metrics, measured or not, and those of profiles if these runs have any.
        static func all(of runs: [(run: Run, figures: RunFigures)]) -> [FigureColumn] {
            let metrics = runs.first?.figures.metrics ?? MetricCatalog.metrics
            return metrics.flatMap { metric -> [FigureColumn] in
                let isProfile = runs.contains { !$0.figures.profiled.isEmpty }
                let statistics = metric.statistics.flatMap { statistic in
                    statistic == "median" && isProfile ? [statistic, Profile.statistic] : [statistic]
                }
                return statistics.map {
                    FigureColumn(metric: metric.name, statistic: $0, title: metric.column(of: $0))
                }
            }
        }
    }
}

extension Metric {
    /// The metric's name, unit and statistic as one word: `latency_seconds_median`, `weight_bytes`, `latency_count`.
    package func column(of statistic: String) -> String {
        let unit = UnitWord.of(unit(of: Figure(statistic, 0)))
        let parts = [name, name.hasSuffix(unit) ? "" : unit, statistic == "value" ? "" : statistic]
        return parts.filter { !$0.isEmpty }.joined(separator: "_")
    }
}

/// Units as words.
private enum UnitWord {
    private static let words = [
        "s": ("seconds", "second"), "B": ("bytes", "byte"), "MAC": ("macs", "mac"), "FLOP": ("flops", "flop"),
        "op": ("operations", "operation"), "1": ("", ""),
    ]

    /// `flops_per_second` for `FLOP/s`; empty for a number without a unit.
    static func of(_ unit: String) -> String {
        let parts = unit.split(separator: "/").map(String.init)
        return parts.enumerated().map { index, part in
            let word = words[part] ?? (part.lowercased(), part.lowercased())
            return index == 0 ? word.0 : word.1
        }.joined(separator: "_per_")
    }
}
