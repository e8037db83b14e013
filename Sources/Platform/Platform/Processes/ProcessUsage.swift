import CPlatform

/// What wait4 says of a child, from its start to its end.
package struct ProcessUsage: Codable, Sendable, Hashable {
    /// Never below the peak of the parent, whose memory the child shared until exec; and it forgets the child's own when
    /// that is reset.
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
    /// From wait4's.
    init(_ usage: assay_usage) {
        self.init(
            maxResidentBytes: Int(usage.max_resident_bytes), minorFaults: Int(usage.minor_faults),
            majorFaults: Int(usage.major_faults), voluntarySwitches: Int(usage.voluntary_switches),
            involuntarySwitches: Int(usage.involuntary_switches), userSeconds: usage.user_seconds,
            systemSeconds: usage.system_seconds)
    }
}
