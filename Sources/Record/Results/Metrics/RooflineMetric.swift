import Statistics

extension Metric {
    /// The share of the roofline, median and best. Needs the ceilings of the run: see `Metric.of(_:)`.
    package static let rooflineShare = Metric(
        "roofline_share", "Share of the roofline", unit: "1", better: .higher,
        statistics: ["median", "max"],
        inRun: { record, run in
            guard let run, let latency = record.latencies,
                let median = run.roofline(of: record, seconds: latency.median),
                let best = run.roofline(of: record, seconds: latency.minimum)
            else { return [] }
            return [Figure("median", median.value), Figure("max", best.value)]
        })
}
