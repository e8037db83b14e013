import Glibc

extension Counter {
    /// How often the system gave a processor to another process while a thread still wanted it.
    package static let involuntarySwitches = Counter("involuntarySwitches")
    package static let minorFaults = Counter("minorFaults")
    package static let majorFaults = Counter("majorFaults")
}

extension CounterGroup {
    /// The counts of getrusage for this process.
    static let resourceUsage = CounterGroup(
        [.involuntarySwitches, .minorFaults, .majorFaults],
        metrics: [
            .summed("page_faults", "Page faults", [.minorFaults, .majorFaults]),
            .summed("involuntary_switches", "Involuntary switches", [.involuntarySwitches]),
        ]
    ) { _ in
        { values in
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            values[0] = Double(usage.ru_nivcsw)
            values[1] = Double(usage.ru_minflt)
            values[2] = Double(usage.ru_majflt)
        }
    }
}
