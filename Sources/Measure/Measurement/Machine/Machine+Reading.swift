import Instructions
import Results

extension Machine {
    /// Reads the lasting properties of a machine. What cannot be read is empty or zero, never an error.
    package init(reading system: SystemView) {
        self.init(
            processor: Self.processorName(of: system), architecture: Self.architecture,
            instructionSets: system.features.names, caches: Self.caches(of: system),
            processors: system.processors.count,
            quota: ControlGroup(system.files).quota,
            memoryBytes: MemoryBudget.information(system.files)["MemTotal"] ?? 0,
            kernel: system.files.line("/proc/sys/kernel/osrelease") ?? "", toolchain: Toolchain.swift)
    }

    /// The machine that runs this program.
    package static var current: Machine { Machine(reading: .current) }

    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "other"
        #endif
    }

    /// From /proc/cpuinfo; arm64 has numbers there, x86-64 a name.
    private static func processorName(of system: SystemView) -> String {
        var first: [String: String] = [:]
        for line in system.files.lines("/proc/cpuinfo") {
            let pair = line.split(separator: ":", maxSplits: 1).map(\.trimmed)
            if pair.count == 2, !pair[1].isEmpty, first[pair[0]] == nil { first[pair[0]] = pair[1] }
        }
        if let name = first["model name"] ?? system.brand { return name }
        if let implementer = first["CPU implementer"], let part = first["CPU part"] {
            return "ARM \(implementer) \(part)"
        }
        return "unknown processor"
    }
}
