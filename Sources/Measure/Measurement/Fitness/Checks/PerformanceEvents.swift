import Results

extension Check {
    /// Whether hardware counters can be read. Times are no worse without them.
    static let performanceEvents = Check("perf", "Hardware counters") { system in
        guard let fault = system.hardwareCounterFault else {
            return .ok("instructions, cycles and cache misses are counted")
        }
        return .note("not counted: \(fault.reason)", remedy: fault.remedy)
    }
}
