extension Check {
    /// Time that the hypervisor gave to other guests.
    static let virtualMachine = Check("steal", "Virtual machine") { system in
        guard let times = ProcessorTimes(system.files) else { return .unknown("/proc/stat cannot be read") }
        let flags = system.files.lines("/proc/cpuinfo").first { $0.hasPrefix("flags") } ?? ""
        let virtual = flags.split(separator: " ").contains("hypervisor")
        guard virtual || times.stolen > 0 else { return .ok("no hypervisor is seen, no time stolen") }
        let found = "a virtual machine, \(Figures.percent(times.stolenShare)) of its time stolen since it started"
        // Half of the precision that sampling aims for by default.
        let harmless = 0.005
        return times.stolenShare > harmless
            ? .warning(found, remedy: "measure on bare metal or on dedicated processors")
            : .ok(found + "; neighbours may still share caches and memory unseen")
    }
}
