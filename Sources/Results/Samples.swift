/// The raw samples of a case: columns of equal length, a place a sample. Those of a layer have `seconds` alone: what is read
/// beside the clock is that of a whole round.
package struct Samples: Codable, Sendable, Hashable {
    /// Why sampling ended.
    package enum Stop: String, Codable, Sendable {
        /// The interval of the median is narrow enough.
        case precision
        /// The noise does not shrink any more.
        case noise
        /// The time allowed was over.
        case time
        /// The number of samples asked for, or the most that are kept, was reached.
        case count
    }

    /// Calls per sample, the same for all samples.
    package var calls: Int
    /// Seconds per call.
    package var seconds: [Double]
    /// CPU time / wall time, over all threads of the process.
    package var cpuShare: [Double]
    package var involuntarySwitches: [Int]
    package var minorFaults: [Int]
    package var majorFaults: [Int]
    /// Periods in which the cgroup was held back; empty if there is no quota.
    package var throttled: [Int]
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
        calls: Int, seconds: [Double] = [], cpuShare: [Double] = [], involuntarySwitches: [Int] = [],
        minorFaults: [Int] = [], majorFaults: [Int] = [], throttled: [Int] = [], stop: Stop = .count,
        warmupCalls: Int = 0,
        elapsed: Double = 0, resolution: Double = 0, sets: Int = 1
    ) {
        self.calls = calls
        self.seconds = seconds
        self.cpuShare = cpuShare
        self.involuntarySwitches = involuntarySwitches
        self.minorFaults = minorFaults
        self.majorFaults = majorFaults
        self.throttled = throttled
        self.stop = stop
        self.warmupCalls = warmupCalls
        self.elapsed = elapsed
        self.resolution = resolution
        self.sets = sets
    }
}
