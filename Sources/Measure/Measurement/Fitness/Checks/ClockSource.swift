extension Check {
    /// If reading the clock needs a system call, it costs more than the measured code.
    static let clockSource = Check("clock", "Clock source") { system in
        let path = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
        guard let source = system.files.line(path) else { return .unknown("\(path) cannot be read") }
        // Clocks that a process can read without a system call.
        let fast: Set<String> = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"]
        return fast.contains(source)
            ? .ok(source)
            : .warning(
                "\(source): reading the clock needs a system call",
                remedy: "boot with clocksource=tsc, if the processor's counter is stable")
    }
}
