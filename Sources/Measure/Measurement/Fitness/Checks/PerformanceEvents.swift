import Results

extension Check {
    /// Says whether hardware counters can be read. No time is worse without them.
    static let performanceEvents = Check("perf", "Hardware counters") { system in
        guard let fault = system.hardwareCounterFault else {
            return .ok("instructions, cycles and cache misses are counted")
        }
        return .note("not counted: \(fault.reason)", remedy: fault.remedy)
    }
}
