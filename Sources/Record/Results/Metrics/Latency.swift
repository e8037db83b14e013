import Statistics

extension Record {
    /// The samples' seconds per call, sorted; nil if there are none.
    package var latencies: Quantiles? { samples.flatMap { Quantiles($0.seconds) } }
}

extension Metric {
    /// Seconds per call. `p90` and `p99` are quantiles of samples, each of which is the mean of its calls; the interval
    /// of the median (95 %) is absent below six samples.
    package static let latency = Metric(
        "latency", "Latency", unit: "s", better: .lower,
        statistics: ["min", "median", "p90", "p99", "mad", "ci_low", "ci_high", "count"]
    ) { record in
        guard let quantiles = record.latencies else { return [] }
        let interval = MedianInterval(quantiles)
        return [
            Figure("min", quantiles.minimum), Figure("median", quantiles.median), Figure("p90", quantiles[0.9]),
            Figure("p99", quantiles[0.99]), Figure("mad", quantiles.mad),
        ] + (interval.map { [Figure("ci_low", $0.low), Figure("ci_high", $0.high)] } ?? [])
            + [Figure("count", Double(quantiles.count))]
    }

    /// Samples far from the others: counted, never dropped.
    package static let outliers = single(
        "outliers", "Outliers", unit: "1", better: .lower
    ) { $0.latencies.map { Double($0.outliers) } }
}
