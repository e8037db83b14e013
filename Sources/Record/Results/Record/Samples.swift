/// The raw samples of a case: columns of equal length with one value per sample. Layers have only `seconds`, since
/// counters are read once per round.
package struct Samples: Sendable, Hashable {
    /// Why sampling ended.
    package enum Stop: String, Codable, Sendable {
        /// The interval of the median is narrow enough.
        case precision
        /// The noise no longer shrinks.
        case noise
        /// The time limit was reached.
        case time
        /// The requested or maximum number of samples was reached.
        case count
    }

    /// Calls per sample, the same for all samples.
    package var calls: Int
    /// Seconds per call.
    package var seconds: [Double]
    /// The values of the counters by name. Counters that the machine does not have are missing.
    package var columns: [String: [Double]]
    package var stop: Stop
    /// Calls before the first sample.
    package var warmupCalls: Int
    /// Seconds from the first sample's start to the last one's end.
    package var elapsed: Double
    /// The resolution of the clock, in seconds.
    package var resolution: Double
    /// Operand sets that were rotated; 1 if the caches were left warm.
    package var sets: Int

    package init(
        calls: Int, seconds: [Double] = [], columns: [String: [Double]] = [:], stop: Stop = .count,
        warmupCalls: Int = 0, elapsed: Double = 0, resolution: Double = 0, sets: Int = 1
    ) {
        self.calls = calls
        self.seconds = seconds
        self.columns = columns
        self.stop = stop
        self.warmupCalls = warmupCalls
        self.elapsed = elapsed
        self.resolution = resolution
        self.sets = sets
    }

    /// The column of a counter; empty if it was not recorded.
    package subscript(_ counter: Counter) -> [Double] {
        get { columns[counter.name] ?? [] }
        set { columns[counter.name] = newValue }
    }
}

/// In files and messages each column is its own field, next to the others.
extension Samples: Codable {
    private enum CodingKeys: CodingKey, CaseIterable {
        case calls, seconds, stop, warmupCalls, elapsed, resolution, sets
    }

    /// Older programs require these columns, even if they are empty.
    private static let first = ["cpuShare", "involuntarySwitches", "minorFaults", "majorFaults", "throttled"]

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            calls: try values.decode(Int.self, forKey: .calls),
            seconds: try values.decode([Double].self, forKey: .seconds),
            columns: try CounterField.all([Double].self, in: decoder, beside: CodingKeys.self).filter { !$1.isEmpty },
            stop: try values.decode(Stop.self, forKey: .stop),
            warmupCalls: try values.decode(Int.self, forKey: .warmupCalls),
            elapsed: try values.decode(Double.self, forKey: .elapsed),
            resolution: try values.decode(Double.self, forKey: .resolution),
            sets: try values.decode(Int.self, forKey: .sets))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(calls, forKey: .calls)
        try values.encode(seconds, forKey: .seconds)
        try values.encode(stop, forKey: .stop)
        try values.encode(warmupCalls, forKey: .warmupCalls)
        try values.encode(elapsed, forKey: .elapsed)
        try values.encode(resolution, forKey: .resolution)
        try values.encode(sets, forKey: .sets)
        let empty = Dictionary(uniqueKeysWithValues: Self.first.map { ($0, [Double]()) })
        try CounterField.encode(empty.merging(columns) { $1 }, to: encoder)
    }
}
