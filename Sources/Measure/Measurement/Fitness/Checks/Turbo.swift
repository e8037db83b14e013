extension Check {
    /// A frequency above the base depends on heat and on the other cores.
    static let turbo = Check("turbo", "Turbo") { system in
        let intel = "/sys/devices/system/cpu/intel_pstate/no_turbo"
        let others = "/sys/devices/system/cpu/cpufreq/boost"
        let (on, remedy): (Bool, String)
        switch (system.files.int(intel), system.files.int(others)) {
        case (let disabled?, _) where (0...1).contains(disabled):
            (on, remedy) = (disabled == 0, "echo 1 | sudo tee \(intel)")
        case (_, let enabled?) where (0...1).contains(enabled):
            (on, remedy) = (enabled == 1, "echo 0 | sudo tee \(others)")
        default: return .unknown("the system does not say; a hypervisor or the firmware decides")
        }
        return on ? .warning("on: the frequency changes with heat and load", remedy: remedy) : .ok("off")
    }
}
