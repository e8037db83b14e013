import Results
import Statistics

/// How far sampling has come.
package struct SamplingProgress: Sendable {
    package let count: Int
    /// Seconds since the first sample began.
    package let elapsed: Double
    /// The median's interval, at the counts at which it is looked at: see `Checkpoints`.
    package let interval: MedianInterval?

    package init(count: Int, elapsed: Double, interval: MedianInterval? = nil) {
        self.count = count
        self.elapsed = elapsed
        self.interval = interval
    }
}

/// A reason to stop. None may look at whether a difference has become significant: that would make every difference so.
package protocol StoppingRule: Sendable {
    var reason: Samples.Stop { get }
    /// Asked after every sample, in order.
    mutating func isMet(by progress: SamplingProgress) -> Bool
}

extension SamplingOptions {
    /// The rules in the order in which they are asked, a line each.
    package var rules: [any StoppingRule] {
        if let samples { return [CountRule(samples)] }
        return [
            PrecisionRule(precision),
            NoiseRule(),
            CountRule(maximumSamples),
            TimeRule(timeLimit),
        ]
    }
}

/// The counts at which the interval is looked at: each an eighth more than the one before, so that sorting n samples again
/// and again costs O(n log n) in all.
struct Checkpoints {
    private var next: Int
    private let last: Int

    /// None where a number of samples is forced: nobody asks for the interval then.
    init(_ options: SamplingOptions) {
        next = options.samples == nil ? options.minimumSamples : .max
        last = options.samples == nil ? options.maximumSamples : .max
    }

    mutating func isDue(_ count: Int) -> Bool {
        guard count >= next || count == last else { return false }
        next = count + max(1, count / 8)
        return true
    }
}
