import Statistics

/// A quantity that reports show for each case. Reports ask metrics for their figures and know none by name.
///
/// A metric is a file in `Metrics` and a line in `MetricCatalog`. A measured metric reads the record:
///
///     package static let prepareTime = single(
///         "prepare_time", "Preparation", unit: "s", better: .lower
///     ) { $0.preparation?.seconds }
///
/// A metric that depends only on the case and its implementation is exact. It reads facts, which comparisons have too:
///
///     package static let packedBytes = exact(
///         "packed_bytes", "Packed weights", unit: "B", better: .lower
///     ) { $0.preparation.map { Double($0.packedBytes) } }
package struct Metric: Sendable {
    package enum Better: String, Sendable { case lower, higher, neither }

    /// One number of a metric.
    package struct Figure: Sendable, Hashable {
        /// `value` if the metric has only one number; otherwise `min`, `median`, `p90` ...
        package let statistic: String
        package let value: Double

        package init(_ statistic: String, _ value: Double) {
            self.statistic = statistic
            self.value = value
        }
    }

    /// The name in CSV and suite files: `peak_memory`.
    package let name: String
    /// The title for people: "Peak memory".
    package let title: String
    /// `s`, `B`, `1`, `FLOP/s`.
    package let unit: String
    package let better: Better
    /// All statistics that a record can have, in report order.
    package let statistics: [String]
    private let compute: @Sendable (Record, Run?) -> [Figure]
    /// Set for exact metrics.
    private var ofFacts: (@Sendable (CaseFacts) -> Double?)?
    /// The run of the records, for metrics that need more than the record.
    private var run: Run?

    package init(
        _ name: String, _ title: String, unit: String, better: Better, statistics: [String],
        figures: @escaping @Sendable (Record) -> [Figure]
    ) {
        self.init(
            name, title, unit: unit, better: better, statistics: statistics, inRun: { record, _ in figures(record) })
    }

    /// Creates a metric that needs the run of a record. Without the run it has no figures.
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

    /// Creates a metric with one number.
    package static func single(
        _ name: String, _ title: String, unit: String, better: Better, _ value: @escaping @Sendable (Record) -> Double?
    ) -> Metric {
        Metric(name, title, unit: unit, better: better, statistics: ["value"]) { record in
            value(record).map { [Figure("value", $0)] } ?? []
        }
    }

    /// Creates a metric with one number that must be identical in two runs of the same commit.
    package static func exact(
        _ name: String, _ title: String, unit: String, better: Better,
        _ value: @escaping @Sendable (CaseFacts) -> Double?
    ) -> Metric {
        var metric = single(name, title, unit: unit, better: better) { value($0.facts) }
        metric.ofFacts = value
        return metric
    }

    /// Whether its value must be identical in two runs of the same commit.
    package var isExact: Bool { ofFacts != nil }

    /// The value of an exact metric; nil for other metrics, or if the facts do not include it.
    package func value(of facts: CaseFacts) -> Double? { ofFacts?(facts) }

    /// The figures of a record; empty if it has none.
    package func figures(_ record: Record) -> [Figure] { compute(record, run) }

    /// The same metric for the records of a run.
    package func of(_ run: Run) -> Metric {
        var metric = self
        metric.run = run
        return metric
    }

    /// The figure that tables and plots show for the metric: the median if there is one.
    package func headline(_ record: Record) -> Double? {
        let all = figures(record)
        return (all.first { $0.statistic == "median" } ?? all.first)?.value
    }
}
