extension Check {
    /// Each process has another memory layout, and with it other cache conflicts: a difference between processes that
    /// no number of samples in one of them shows.
    static let addressSpace = Check("aslr", "Address-space randomisation") { system in
        guard let level = system.files.int("/proc/sys/kernel/randomize_va_space") else {
            return .unknown("/proc/sys/kernel/randomize_va_space cannot be read")
        }
        let off = 0x40000  // ADDR_NO_RANDOMIZE of personality(2)
        let personality = system.files.line("/proc/self/personality").flatMap { Int($0, radix: 16) } ?? 0
        if level == 0 { return .ok("off") }
        if personality & off != 0 { return .ok("off for this process") }
        return .note(
            "on: a process may be faster than the next by its layout alone",
            remedy: "run it under setarch -R, or compare several runs")
    }
}
