import Results

/// The figures of one run's records, the same in its tables, files and pictures.
package struct RunFigures: Sendable {
    /// The metrics of the catalog, for this run.
    package let metrics: [Metric]
    /// For a profile, the seconds of the network and its layers, by case.
    let profiled: [String: Double]

    package init(_ run: Run) {
        metrics = MetricCatalog.metrics.map { $0.of(run) }
        profiled = Profile(run)?.seconds ?? [:]
    }

    /// The figures of a record that a report may show. In a profile, `Profile.statistic` replaces the median and its
    /// interval.
    func figures(of metric: Metric, for record: Record) -> [Metric.Figure] {
        let figures = metric.reported(record)
        guard let seconds = profiled[record.case], let value = metric.median(of: record, ifItTook: seconds) else {
            return figures
        }
        return figures.compactMap { figure in
            switch figure.statistic {
            case "median": Metric.Figure(Profile.statistic, value)
            case "ci_low", "ci_high": nil
            default: figure
            }
        }
    }
}

extension Metric {
    /// The metric's value if this many seconds were the only sample; nil if it does not depend on time.
    func median(of record: Record, ifItTook seconds: Double) -> Double? {
        var one = record
        one.samples = Samples(calls: record.samples?.calls ?? 1, seconds: [seconds], sets: record.samples?.sets ?? 1)
        return reported(one).first { $0.statistic == "median" }?.value
    }
}
