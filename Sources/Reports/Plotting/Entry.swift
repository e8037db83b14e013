import Results
import Statistics

/// One record of one run, as plots see it: words that can be an axis or a series, and estimates of metrics.
package struct Entry: Sendable {
    let run: Run
    let record: Record

    /// The words every record has, beside its parameters.
    static let attributes = [
        "label", "implementation", "threads", "name", "element", "commit", "machine", "run", "case",
    ]

    /// What the record, or its run, says under a word; nil where it has no such parameter.
    subscript(word: String) -> String? {
        switch word {
        case "label": record.label
        case "implementation": record.implementation
        case "threads": String(record.threads)
        case "name": record.name
        case "element": record.element
        case "commit": run.commit
        case "machine": run.machine
        case "run": run.id
        case "case": record.case
        default: record.parameters[word]
        }
    }

    var isMeasured: Bool { record.status == .measured }

    /// A metric's headline with its interval; nil where a report may not show it.
    func estimate(_ metric: Metric) -> Estimate? {
        let figures = metric.reported(record)
        func figure(_ statistic: String) -> Double? { figures.first { $0.statistic == statistic }?.value }
        guard let headline = figures.first(where: { $0.statistic == "median" }) ?? figures.first else { return nil }
        return Estimate(
            value: headline.value, low: figure("ci_low") ?? headline.value, high: figure("ci_high") ?? headline.value)
    }
}

/// A value and the interval around it; where none is known its ends are the value.
struct Estimate: Sendable, Hashable {
    let value: Double
    let low: Double
    let high: Double
}
