extension Check {
    /// Swapped-out pages come back in the middle of a measurement.
    static let swap = Check("swap", "Swap") { system in
        let information = MemoryBudget.information(system.files)
        guard let total = information["SwapTotal"], let free = information["SwapFree"] else {
            return .unknown("/proc/meminfo does not say")
        }
        guard total > 0 else { return .ok("none") }
        let used = max(0, total - free)
        let found = "\(Figures.bytes(used)) of \(Figures.bytes(total)) in use"
        return used == 0
            ? .ok(found) : .warning(found, remedy: "sudo swapoff -a while measuring, if the memory suffices")
    }
}
