import Results

extension Metric {
    /// The title of an axis that shows medians with their intervals, where the metric has them.
    var titleWithInterval: String { title + (hasInterval ? ", median and its 95 % interval" : "") }
    /// The title of an axis that shows medians alone.
    var titleOfMedian: String { title + (hasInterval ? ", median" : "") }

    private var hasInterval: Bool { [Metric.latency, .throughput, .bandwidth].contains { $0.name == name } }

    /// What stands behind the number at a tic: nothing where the title says it.
    var axisUnit: String { ["1", "MAC", "FLOP", "op"].contains(unit) ? "" : unit }
}
