import Results

/// The figures of the records of one run, the same in its tables, its files and its pictures.
package struct RunFigures: Sendable {
    /// Those of the catalog, of this run.
    package let metrics: [Metric]
    /// Of a profile: seconds of the network and of its layers, by case.
    let profiled: [String: Double]

    package init(_ run: Run) {
        metrics = MetricCatalog.metrics.map { $0.of(run) }
        profiled = Profile(run)?.seconds ?? [:]
    }

    /// What a report may show of a record. In a profile the statistic of all times is `Profile.statistic`, in the place of
    /// the median and its interval.
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
    /// What it would be if this many seconds were the only sample; nil if it does not depend on the time.
    func median(of record: Record, ifItTook seconds: Double) -> Double? {
        var one = record
        one.samples = Samples(calls: record.samples?.calls ?? 1, seconds: [seconds], sets: record.samples?.sets ?? 1)
        return reported(one).first { $0.statistic == "median" }?.value
    }
}
