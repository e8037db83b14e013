import Results

extension Metric {
    /// The title of an axis that shows medians with their intervals or, with few samples, ranges.
    func title(of estimates: [Estimate]) -> String {
        let spreads = Set(estimates.map(\.spread))
        if spreads.contains(.quartiles) { return "\(title), \(Profile.statisticTitle), and quartiles" }
        if spreads.contains(.interval) { return title + ", median and its 95 % interval" }
        return title + (spreads.contains(.range) ? ", median and range of samples" : "")
    }
    /// The title of an axis that shows only medians.
    func titleOfMedian(of estimates: [Estimate]) -> String {
        let spreads = Set(estimates.map(\.spread))
        if spreads.contains(.quartiles) { return "\(title), \(Profile.statisticTitle)" }
        return title + (spreads == [.none] ? "" : ", median")
    }

    /// The unit after the number at a tic: empty if the title says it.
    var axisUnit: String { ["1", "MAC", "FLOP", "op"].contains(unit) ? "" : unit }
}

extension [Estimate] {
    /// Explains lines without caps, if a picture also has intervals.
    var captions: [String] {
        let spreads = Set(map(\.spread))
        return spreads.contains(.range) && spreads.contains(.interval)
            ? [
                "Lines without caps: the range of fewer than \(SamplingOptions.leastForInterval) samples, which have no interval"
            ] : []
    }
}

extension Format {
    /// A value in the form that tables use.
    static func figure(_ value: Double, of metric: Metric) -> String { Format.value(value, unit: metric.unit) }
}

extension String {
    /// The title within a sentence: `arithmetic intensity`, but `MACs`.
    var insideSentence: String {
        guard let second = dropFirst().first, second.isLowercase else { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}
