extension Check {
    /// Says whether hardware counters could be read; no measurement is worse without them.
    static let performanceEvents = Check("perf", "Performance counters") { system in
        let path = "/proc/sys/kernel/perf_event_paranoid"
        guard let level = system.files.int(path) else { return .unknown("\(path) cannot be read") }
        return .ok("perf_event_paranoid is \(level): " + (level <= 2 ? "a process may count its own" : "for root only"))
    }
}
