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

extension Format {
    /// A value as a plot writes it: with the prefixes of the axis, so powers of a thousand for bytes too.
    static func figure(_ value: Double, of metric: Metric) -> String {
        metric.unit == "B" ? scaled(value, unit: "B", digits: 3) : Format.value(value, unit: metric.unit)
    }
}

extension String {
    /// The same title inside a sentence: `arithmetic intensity`, but `MACs`.
    var insideSentence: String {
        guard let second = dropFirst().first, second.isLowercase else { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}
