extension Check {
    /// Once a quota is spent, every thread of the process stops for the rest of the period.
    static let controlGroup = Check("cgroup", "Control group") { system in
        let group = ControlGroup(system.files)
        guard group.processor != nil else { return .unknown("no control group of the processor can be read") }
        let processors = Double(system.processors.count)
        let throttled = group.throttledPeriods
        let history = throttled.map { "throttled in \(Figures.count($0, "period")) so far" } ?? "throttling not counted"
        guard let quota = group.quota else {
            return (throttled ?? 0) > 0
                ? .warning("no quota now, \(history)", remedy: "see that no quota comes back while measuring")
                : .ok("no quota, \(history)")
        }
        let found =
            "a quota of \(Figures.decimal(quota)) of \(Figures.count(system.processors.count, "processor")), \(history)"
        guard quota < processors || (throttled ?? 0) > 0 else { return .ok(found) }
        return .warning(found, remedy: "lift the quota, or measure with no more threads than it has processors")
    }
}
