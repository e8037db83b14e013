extension Check {
    /// With a governor that follows the load, short measurements start slowly.
    static let governor = Check("governor", "Frequency governor") { system in
        let governors = Set(
            system.processors.compactMap {
                system.files.line("/sys/devices/system/cpu/cpu\($0)/cpufreq/scaling_governor")
            })
        guard !governors.isEmpty else {
            return .unknown("the system has no frequency control; a hypervisor or the firmware decides")
        }
        let names = governors.sorted().joined(separator: ", ")
        return governors == ["performance"]
            ? .ok(names)
            : .warning(names, remedy: "sudo cpupower frequency-set -g performance")
    }
}
