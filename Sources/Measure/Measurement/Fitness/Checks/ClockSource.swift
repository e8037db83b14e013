extension Check {
    /// A clock that needs a system call costs more than what it measures.
    static let clockSource = Check("clock", "Clock source") { system in
        let path = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
        guard let source = system.files.line(path) else { return .unknown("\(path) cannot be read") }
        // Those that a process can read by itself.
        let fast: Set<String> = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"]
        return fast.contains(source)
            ? .ok(source)
            : .warning(
                "\(source): reading the clock needs a system call",
                remedy: "boot with clocksource=tsc, if the processor's counter is stable")
    }
}
