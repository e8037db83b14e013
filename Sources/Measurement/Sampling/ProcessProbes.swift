import Glibc

/// The counters of this process and, where it has a quota, of its cgroup.
///
/// Reading the CPU clock is a system call of its own, part of which falls between the two readings: in samples of some tens
/// of microseconds the share of CPU time is a percent or two above that of the body.
package struct ProcessProbes: Probes {
    private let throttling: ThrottledPeriods?

    /// `cpuStat` is the path of the cgroup's `cpu.stat`, or nil where there is no quota to be held back by. A file that
    /// cannot be opened, or that does not count throttled periods, is the same as none.
    package init(cpuStat: String?) { throttling = cpuStat.flatMap(ThrottledPeriods.init) }

    /// Those of this process where it runs.
    package static var current: ProcessProbes { ProcessProbes(cpuStat: ControlGroup(SystemFiles()).throttlingFile) }

    package var watchesThrottling: Bool { throttling != nil }

    package func before() -> ProbeReading {
        var reading = counters()
        reading.cpuNanoseconds = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID)
        return reading
    }

    package func after() -> ProbeReading {
        let cpu = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID)
        var reading = counters()
        reading.cpuNanoseconds = cpu
        return reading
    }

    private func counters() -> ProbeReading {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return ProbeReading(
            involuntarySwitches: usage.ru_nivcsw, minorFaults: usage.ru_minflt, majorFaults: usage.ru_majflt,
            throttledPeriods: throttling?.read())
    }
}
