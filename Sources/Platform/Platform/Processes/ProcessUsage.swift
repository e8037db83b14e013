import CPlatform

/// The resource usage of a child from its start to its end, as wait4 reports it.
package struct ProcessUsage: Codable, Sendable, Hashable {
    /// At least the peak of the parent, whose memory the child shared until exec. If the child's peak is reset, its own
    /// earlier peak is lost.
    package var maxResidentBytes: Int
    package var minorFaults: Int
    package var majorFaults: Int
    package var voluntarySwitches: Int
    package var involuntarySwitches: Int
    package var userSeconds: Double
    package var systemSeconds: Double

    package init(
        maxResidentBytes: Int, minorFaults: Int, majorFaults: Int, voluntarySwitches: Int, involuntarySwitches: Int,
        userSeconds: Double, systemSeconds: Double
    ) {
        self.maxResidentBytes = maxResidentBytes
        self.minorFaults = minorFaults
        self.majorFaults = majorFaults
        self.voluntarySwitches = voluntarySwitches
        self.involuntarySwitches = involuntarySwitches
        self.userSeconds = userSeconds
        self.systemSeconds = systemSeconds
    }
}

extension ProcessUsage {
    /// Converts from wait4's values.
    init(_ usage: assay_usage) {
        self.init(
            maxResidentBytes: Int(usage.max_resident_bytes), minorFaults: Int(usage.minor_faults),
            majorFaults: Int(usage.major_faults), voluntarySwitches: Int(usage.voluntary_switches),
            involuntarySwitches: Int(usage.involuntary_switches), userSeconds: usage.user_seconds,
            systemSeconds: usage.system_seconds)
    }
}
