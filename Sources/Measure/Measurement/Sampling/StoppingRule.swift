import Results
import Statistics

/// The progress of sampling.
package struct SamplingProgress: Sendable {
    package let count: Int
    /// Seconds since the first sample began.
    package let elapsed: Double
    /// The median's interval, only at the counts at which it is checked: see `Checkpoints`.
    package let interval: MedianInterval?

    package init(count: Int, elapsed: Double, interval: MedianInterval? = nil) {
        self.count = count
        self.elapsed = elapsed
        self.interval = interval
    }
}

/// A reason to stop. No rule may test whether a difference is significant: every difference would become so.
package protocol StoppingRule: Sendable {
    var reason: Samples.Stop { get }
    /// Called after every sample, in order.
    mutating func isMet(by progress: SamplingProgress) -> Bool
}

extension SamplingOptions {
    /// The rules in the order in which they are checked, one per line.
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

/// The counts at which the interval is checked: each an eighth larger than the one before, so that the repeated sorting
/// costs O(n log n) in all.
struct Checkpoints {
    private var next: Int
    private let last: Int

    /// No checks if the number of samples is fixed: nothing uses the interval then.
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
