/// The counts in /proc/stat since the system started (proc(5)).
struct ProcessorTimes {
    /// Clock ticks of all processors together.
    let total: Int
    /// Ticks in which nothing ran.
    let idle: Int
    /// Ticks in which the hypervisor ran another guest.
    let stolen: Int
    /// Logical processors of the whole system, not only those of this process.
    let processors: Int

    /// nil if the file is missing or has no line of ticks.
    init?(_ files: SystemFiles) {
        let lines = files.lines("/proc/stat").filter { $0.hasPrefix("cpu") }.map { $0.split(separator: " ") }
        // user nice system idle iowait irq softirq steal; guest times are counted in user already
        guard let all = lines.first(where: { $0[0] == "cpu" }) else { return nil }
        let ticks = all.dropFirst().prefix(8).map { Int($0) ?? -1 }
        guard ticks.count == 8, ticks.allSatisfy({ (0...Int.max / 8).contains($0) }) else { return nil }
        total = ticks.reduce(0, +)
        idle = ticks[3] + ticks[4]
        stolen = ticks[7]
        processors = lines.count - 1
    }

    /// The stolen share of all ticks, 0 ... 1.
    var stolenShare: Double { total > 0 ? Double(stolen) / Double(total) : 0 }
}
