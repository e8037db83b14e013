/// Every check of the machine's fitness, one per line, in display order.
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

    /// The warnings for a run file's header, one line each.
    package static func warnings(on system: SystemView) -> [String] {
        findings(on: system).filter { $0.finding.status == .warning }.map { check, finding in
            "\(check.title): \(finding.found)" + (finding.remedy.map { "; \($0)" } ?? "")
        }
    }
}
