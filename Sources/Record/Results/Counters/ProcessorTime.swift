import Glibc

extension Counter {
    /// CPU time / wall time, over all threads of the process.
    ///
    /// Reading the CPU clock is a separate system call, part of which falls between the two readings: in samples of
    /// some tens of microseconds the share is one or two percent above that of the body.
    package static let cpuShare = Counter("cpuShare", isWhole: false) { cpu, wall in wall > 0 ? max(cpu, 0) / wall : 0 }
}

extension CounterGroup {
    static let processorTime = CounterGroup(
        [.cpuShare],
        metrics: [
            // The value of the median sample. If it is below the number of threads, something else ran.
            .median("cpu_share", "CPU share", better: .higher, [.cpuShare]) { values, _ in values[0] }
        ]
    ) { _ in { $0[0] = Double(nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID)) } }
}

/// A reading of one of the system's clocks.
@inline(__always) package func nanoseconds(of clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}
