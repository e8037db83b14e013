/// How long to sample and when to stop.
package struct SamplingOptions: Codable, Sendable, Hashable {
    /// The precision to reach: half the width of the median's 95 % interval / median.
    package var precision = 0.01
    /// The minimum number of samples before precision or noise may end sampling. The time limit may end it sooner: a
    /// call of 2 s under a limit of 3 s is sampled twice.
    package var minimumSamples = 20
    /// The most samples that are taken.
    package var maximumSamples = 1000
    /// Seconds from the beginning of the first sample after which none is begun. Warming up takes additional time.
    package var timeLimit = 3.0
    /// Exactly this many samples, regardless of noise and time. Fewer than six have no interval.
    package var samples: Int?
    /// Calls per sample, if a comparison needs the same number on both sides; nil to determine it.
    package var calls: Int?
    /// The share of the time limit after which no further warm-up is begun.
    package var warmupLimit = 0.2

    package init() {}

    /// An option with an invalid value.
    package struct Invalid: Error, Hashable, CustomStringConvertible {
        /// The name of the option, as in the properties of `SamplingOptions`.
        package let option: String
        package let message: String
        package let remedy: String
        package var description: String { "\(option): \(message); \(remedy)" }
    }

    /// The fewest samples that have an interval: see `MedianInterval`.
    package static let leastForInterval = 6
    /// A bound on the memory for samples.
    package static let most = 1_000_000

    /// Throws the first fault found.
    package func validate() throws(Invalid) {
        func demand(_ holds: Bool, _ option: String, _ value: some Any, _ remedy: String) throws(Invalid) {
            guard holds else { throw Invalid(option: option, message: "\(value) cannot be used", remedy: remedy) }
        }
        try demand(precision > 0 && precision < 1, "precision", precision, "give a share above 0 and below 1: 0.01")
        try demand(
            (Self.leastForInterval...Self.most).contains(minimumSamples), "minimumSamples", minimumSamples,
            "the median has no 95 % interval below \(Self.leastForInterval) samples")
        try demand(
            (minimumSamples...Self.most).contains(maximumSamples), "maximumSamples", maximumSamples,
            "give at least the minimum, \(minimumSamples), and at most \(Self.most)")
        try demand(timeLimit > 0 && timeLimit <= 1e6, "timeLimit", timeLimit, "give seconds above 0, at most 1e6")
        try demand(
            samples.map { (1...Self.most).contains($0) } ?? true, "samples", samples ?? 0,
            "give a number from 1 to \(Self.most)")
        try demand(
            calls.map { (1...1_000_000_000).contains($0) } ?? true, "calls", calls ?? 0,
            "give a number from 1 to 1000000000")
        try demand((0...1).contains(warmupLimit), "warmupLimit", warmupLimit, "give a share from 0 to 1")
    }

    /// The largest possible number of samples.
    package var capacity: Int { samples ?? maximumSamples }
}
