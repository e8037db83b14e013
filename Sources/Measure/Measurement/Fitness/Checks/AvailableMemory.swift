extension Check {
    /// A case that does not fit is skipped.
    static let memory = Check("memory", "Available memory") { system in
        guard let available = MemoryBudget.available(system.files) else {
            return .unknown("neither /proc/meminfo nor a control group says")
        }
        // What larger shapes of the suites need together with their reference.
        let ample = 2 << 30
        return available >= ample
            ? .ok(Figures.bytes(available))
            : .warning(
                "\(Figures.bytes(available)): cases that need more will be skipped",
                remedy: "end other programs, or raise the control group's limit")
    }
}
