import Statistics

/// A quantity that reports show for a case. A metric is a value: reports ask it for its figures and know none by name.
///
/// A metric stands in a file under `Metrics` and as a line in `MetricCatalog`. One that is measured reads the record:
///
///     package static let prepareTime = single(
///         "prepare_time", "Preparation", unit: "s", better: .lower
///     ) { $0.preparation?.seconds }
///
/// One that follows from the case and its implementation alone is exact. It reads the facts, which a comparison has too:
///
///     package static let packedBytes = exact(
///         "packed_bytes", "Packed weights", unit: "B", better: .lower
///     ) { $0.preparation.map { Double($0.packedBytes) } }
package struct Metric: Sendable {
    package enum Better: String, Sendable { case lower, higher, neither }

    /// One number of a metric.
    package struct Figure: Sendable, Hashable {
        /// `value` if the metric has only one number; else `min`, `median`, `p90` ...
        package let statistic: String
        package let value: Double

        package init(_ statistic: String, _ value: Double) {
            self.statistic = statistic
            self.value = value
        }
    }

    /// In CSV and suite files: `peak_memory`.
    package let name: String
    /// For people: "Peak memory".
    package let title: String
    /// `s`, `B`, `1`, `FLOP/s`.
    package let unit: String
    package let better: Better
    /// All statistics that a record can have, in the order of reports.
    package let statistics: [String]
    private let compute: @Sendable (Record, Run?) -> [Figure]
    /// Set for exact metrics.
    private var ofFacts: (@Sendable (CaseFacts) -> Double?)?
    /// The run that the records belong to, for metrics that need more than the record.
    private var run: Run?

    package init(
        _ name: String, _ title: String, unit: String, better: Better, statistics: [String],
        figures: @escaping @Sendable (Record) -> [Figure]
    ) {
        self.init(
            name, title, unit: unit, better: better, statistics: statistics, inRun: { record, _ in figures(record) })
    }

    /// A metric that needs the run of a record. Without the run it has no figures.
    package init(
        _ name: String, _ title: String, unit: String, better: Better, statistics: [String],
        inRun compute: @escaping @Sendable (Record, Run?) -> [Figure]
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.better = better
        self.statistics = statistics
        self.compute = compute
    }

    /// A metric of one number.
    package static func single(
        _ name: String, _ title: String, unit: String, better: Better, _ value: @escaping @Sendable (Record) -> Double?
    ) -> Metric {
        Metric(name, title, unit: unit, better: better, statistics: ["value"]) { record in
            value(record).map { [Figure("value", $0)] } ?? []
        }
    }

    /// A metric of one number on which two runs of the same commit must agree to the last digit.
    package static func exact(
        _ name: String, _ title: String, unit: String, better: Better,
        _ value: @escaping @Sendable (CaseFacts) -> Double?
    ) -> Metric {
        var metric = single(name, title, unit: unit, better: better) { value($0.facts) }
        metric.ofFacts = value
        return metric
    }

    /// Whether two runs of the same commit must agree on it to the last digit.
    package var isExact: Bool { ofFacts != nil }

    /// The value of an exact metric; nil for other metrics, and if the facts do not tell.
    package func value(of facts: CaseFacts) -> Double? { ofFacts?(facts) }

    /// The figures of a record; empty if it has none.
    package func figures(_ record: Record) -> [Figure] { compute(record, run) }

    /// The same metric, for the records of a run.
    package func of(_ run: Run) -> Metric {
        var metric = self
        metric.run = run
        return metric
    }

    /// The figure that stands for the metric in tables and plots: the median if there is one.
    package func headline(_ record: Record) -> Double? {
        let all = figures(record)
        return (all.first { $0.statistic == "median" } ?? all.first)?.value
    }
}
