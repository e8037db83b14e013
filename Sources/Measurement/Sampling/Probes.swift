/// What is read beside the clock around every sample: whatever may have spoilt it.
package protocol Probes {
    /// Whether readings hold throttled periods.
    var watchesThrottling: Bool { get }
    /// A reading before the timed window, the CPU clock last.
    func before() -> ProbeReading
    /// A reading after it, the CPU clock first.
    func after() -> ProbeReading
}

/// Counters of the process since it began; a sample keeps their differences.
package struct ProbeReading: Sendable, Hashable {
    /// CPU time of all threads.
    package var cpuNanoseconds: UInt64
    /// Times another process was given a processor that a thread still wanted.
    package var involuntarySwitches: Int
    package var minorFaults: Int
    package var majorFaults: Int
    /// Periods in which the cgroup had used up its quota; nil where nothing is known of it.
    package var throttledPeriods: Int?

    package init(
        cpuNanoseconds: UInt64 = 0, involuntarySwitches: Int = 0, minorFaults: Int = 0, majorFaults: Int = 0,
        throttledPeriods: Int? = nil
    ) {
        self.cpuNanoseconds = cpuNanoseconds
        self.involuntarySwitches = involuntarySwitches
        self.minorFaults = minorFaults
        self.majorFaults = majorFaults
        self.throttledPeriods = throttledPeriods
    }
}
