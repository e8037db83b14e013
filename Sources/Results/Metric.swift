import Statistics

/// Something that is said of a case. A report can show one it has never seen: all it needs is here.
package struct Metric: Sendable {
    package enum Better: String, Sendable { case lower, higher, neither }

    /// One number of a metric.
    package struct Figure: Sendable, Hashable {
        /// `value` where there is only one; else `min`, `median`, `p90` ...
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
    /// Whether two runs of the same commit must agree on it to the last digit.
    package let exact: Bool
    /// All the statistics that a record can have, in the order of reports.
    package let statistics: [String]
    private let compute: @Sendable (Record, Run?) -> [Figure]
    /// The run whose records it is of, for metrics that need more than the record.
    private var run: Run?

    package init(
        _ name: String, _ title: String, unit: String, better: Better, exact: Bool, statistics: [String],
        figures: @escaping @Sendable (Record) -> [Figure]
    ) {
        self.init(
            name, title, unit: unit, better: better, exact: exact, statistics: statistics,
            inRun: { record, _ in figures(record) })
    }

    /// A metric that needs the run of a record, and has no figures without it.
    package init(
        _ name: String, _ title: String, unit: String, better: Better, exact: Bool, statistics: [String],
        inRun compute: @escaping @Sendable (Record, Run?) -> [Figure]
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.better = better
        self.exact = exact
        self.statistics = statistics
        self.compute = compute
    }

    /// The figures of a record; empty where it has none.
    package func figures(_ record: Record) -> [Figure] { compute(record, run) }

    /// The same metric, of the records of a run.
    package func of(_ run: Run) -> Metric {
        var metric = self
        metric.run = run
        return metric
    }

    /// A metric of one number.
    package static func single(
        _ name: String, _ title: String, unit: String, better: Better, exact: Bool,
        _ value: @escaping @Sendable (Record) -> Double?
    ) -> Metric {
        Metric(name, title, unit: unit, better: better, exact: exact, statistics: ["value"]) { record in
            value(record).map { [Figure("value", $0)] } ?? []
        }
    }

    /// The figure that stands for the metric in tables and plots: the median where there is one.
    package func headline(_ record: Record) -> Double? {
        let all = figures(record)
        return (all.first { $0.statistic == "median" } ?? all.first)?.value
    }
}
