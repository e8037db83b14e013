import Results
import Settings
import Statistics

/// One record of one run for plots: words for axes and series, and estimates of metrics.
package struct Entry: Sendable {
    let run: Run
    let record: Record
    /// The seconds in the profile's table, if the run is a profile.
    let profiled: Double?

    /// The words that every record has in addition to its parameters.
    static let attributes = [
        "label", "implementation", "threads", "name", "element", "commit", "machine", "run", "case",
    ]

    /// The value of a word in the record or its run; nil if it has no such parameter.
    subscript(word: String) -> String? {
        switch word {
        case "label": record.label
        case "implementation": record.implementation
        case "threads": String(record.threads)
        case "name": record.name
        case "element": record.element.rawValue
        case "commit": run.commit
        case "machine": run.machine
        case "run": run.id
        case "case": record.case
        default: record.parameters[word]
        }
    }

    /// The kernel or, for a layer, its variety, which distinguishes convolutions of different shapes.
    var kernel: String { record.parameters[Record.varietyWord] ?? record.name }

    /// Whether it belongs to a profile and its figure is far from the median of its samples.
    var isDisturbed: Bool { profiled.map(record.isDisturbed) ?? false }

    var isMeasured: Bool { record.status == .measured }

    /// Whether its median time is zero, so that nothing can be divided by it.
    var isTimeless: Bool { record.latencies?.median == 0 }

    /// A metric's headline with its interval; with quartiles for a profile, or the range if there are too few samples.
    /// Nil if a report may not show it.
    func estimate(_ metric: Metric) -> Estimate? {
        let metric = metric.of(run)
        let figures = metric.reported(record)
        func figure(_ statistic: String) -> Double? { figures.first { $0.statistic == statistic }?.value }
        guard let median = figure("median") else {
            return figures.first.map { Estimate(value: $0.value, low: $0.value, high: $0.value, spread: .none) }
        }
        if let profiled, let samples = record.latencies {
            let ends = [samples[0.25], samples[0.75]].compactMap { metric.median(of: record, ifItTook: $0) }
            if let value = metric.median(of: record, ifItTook: profiled), let low = ends.min(), let high = ends.max() {
                return Estimate(value: value, low: min(low, value), high: max(high, value), spread: .quartiles)
            }
        }
        if let low = figure("ci_low"), let high = figure("ci_high") {
            return Estimate(value: median, low: low, high: high, spread: .interval)
        }
        let range = range(of: metric)
        return Estimate(
            value: median, low: min(range.min() ?? median, median), high: max(range.max() ?? median, median),
            spread: range.count > 1 ? .range : .none)
    }

    /// The metric for each sample alone, if there are too few samples for an interval.
    private func range(of metric: Metric) -> [Double] {
        let seconds = record.samples?.seconds ?? []
        guard seconds.count < SamplingOptions.leastForInterval else { return [] }
        return seconds.compactMap { metric.median(of: record, ifItTook: $0) }
    }
}

/// A value and its lower and upper ends.
struct Estimate: Sendable, Hashable {
    enum Spread: Sendable {
        /// Both ends equal the value.
        case none
        /// The 95 % interval of the median.
        case interval
        /// Quartiles of the samples, around the mean of the middle half of a profile's rounds.
        case quartiles
        /// The smallest and largest sample, if there are too few for an interval.
        case range
    }

    let value: Double
    let low: Double
    let high: Double
    let spread: Spread

    /// Whether an axis can hold it.
    var isDrawable: Bool { [value, low, high].allSatisfy(Axis.isDrawable) }
    var ends: [Double] { [low, value, high] }
}

extension [Entry] {
    /// The implementation of all entries; nil if they have several.
    var sharedImplementation: String? { shared(\.record.implementation) }

    /// The kernel of all entries; nil if they have several.
    var sharedKernel: String? { shared(\.kernel) }

    private func shared(_ word: KeyPath<Entry, String>) -> String? {
        guard let one = first?[keyPath: word], allSatisfy({ $0[keyPath: word] == one }) else { return nil }
        return one
    }
}
