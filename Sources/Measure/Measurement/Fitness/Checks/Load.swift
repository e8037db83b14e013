extension Check {
    /// Other running programs take time, caches and bandwidth.
    static let load = Check("load", "Load") { system in
        let words = system.files.line("/proc/loadavg")?.split(separator: " ") ?? []
        guard words.count >= 4, let average = Double(words[0]), average.isFinite, average >= 0,
            let runnable = words[3].split(separator: "/").first.flatMap({ Int($0) }), runnable >= 0
        else { return .unknown("/proc/loadavg cannot be read") }
        // The load is that of the whole system, so compare it with all of its processors.
        let processors = max(ProcessorTimes(system.files)?.processors ?? 0, system.processors.count, 1)
        let others = max(0, runnable - 1)  // one is this process, reading
        let found =
            "load average \(Figures.decimal(average)) on \(Figures.count(processors, "processor")), "
            + "\(Figures.count(others, "other task")) running now"
        let quiet = Double(processors) / 4
        return average > quiet || Double(others) > quiet
            ? .warning(found, remedy: "stop what else runs, or wait until it is done")
            : .ok(found)
    }
}
