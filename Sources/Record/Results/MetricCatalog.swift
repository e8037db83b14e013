/// Every metric, one per line, in report order.
package enum MetricCatalog {
    package static let metrics: [Metric] = ofTheRecord + CounterCatalog.groups.flatMap(\.metrics) + [.rooflineShare]

    private static let ofTheRecord: [Metric] = [
        .latency,
        .outliers,
        .throughput,
        .bandwidth,
        .macs,
        .executedMACs,
        .flops,
        .operations,
        .parameters,
        .weightBytes,
        .operandBytes,
        .leastTraffic,
        .intensity,
        .activationBytes,
        .workspaceBytes,
        .packedBytes,
        .prepareTime,
        .peakMemory,
        .ownMemory,
        .processPeak,
        .allocations,
        .error,
        .tolerance,
    ]

    package static func metric(named name: String) -> Metric? { metrics.first { $0.name == name } }
}

extension Metric {
    /// The unit of one figure: a count of samples is not in seconds.
    package func unit(of figure: Figure) -> String { figure.statistic == "count" ? "1" : unit }

    /// The figures that a report may show; for a case that was not measured, only exact ones.
    package func reported(_ record: Record) -> [Figure] {
        guard isExact || record.status == .measured else { return [] }
        return figures(record).filter(\.value.isFinite)
    }
}
