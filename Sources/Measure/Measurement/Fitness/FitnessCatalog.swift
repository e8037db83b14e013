/// Every check of the machine's fitness, a line each, in the order in which they are shown.
package enum FitnessCatalog {
    package static let checks: [Check] = [
        .build,
        .load,
        .controlGroup,
        .virtualMachine,
        .governor,
        .turbo,
        .simultaneousThreads,
        .blasCore,
        .blasVariables,
        .memory,
        .swap,
        .hugePages,
        .addressSpace,
        .clockSource,
        .performanceEvents,
    ]

    /// Runs every check.
    package static func findings(on system: SystemView) -> [(check: Check, finding: Finding)] {
        checks.map { ($0, $0.run(system)) }
    }

    /// The warnings of a run file's header, a line each.
    package static func warnings(on system: SystemView) -> [String] {
        findings(on: system).filter { $0.finding.status == .warning }.map { check, finding in
            "\(check.title): \(finding.found)" + (finding.remedy.map { "; \($0)" } ?? "")
        }
    }
}
