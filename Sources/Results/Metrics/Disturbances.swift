import Statistics

extension Metric {
    /// Minor and major page faults over all samples.
    package static let pageFaults = summed("page_faults", "Page faults") { $0.minorFaults + $0.majorFaults }

    /// Times the system took the processor away, over all samples.
    package static let involuntarySwitches = summed("involuntary_switches", "Involuntary switches") {
        $0.involuntarySwitches
    }

    /// Periods in which the cgroup was held back, over all samples; absent where there is no quota.
    package static let throttled = summed("throttled", "Throttled periods") { $0.throttled }

    /// CPU time / wall time of the median sample, over all threads: below the number of threads something else ran.
    package static let cpuShare = Metric(
        "cpu_share", "CPU share", unit: "1", better: .higher, exact: false, statistics: ["median"]
    ) { record in
        record.ownSamples.flatMap { Quantiles($0.cpuShare) }.map { [Figure("median", $0.median)] } ?? []
    }

    /// The sum of a column of the samples; absent where the column was not recorded.
    private static func summed(
        _ name: String, _ title: String, _ column: @escaping @Sendable (Samples) -> [Int]
    ) -> Metric {
        Metric(name, title, unit: "1", better: .lower, exact: false, statistics: ["sum"]) { record in
            guard let column = record.ownSamples.map(column), !column.isEmpty else { return [] }
            return [Figure("sum", column.reduce(0) { $0 + Double($1) })]
        }
    }
}

extension Record {
    /// Samples around which the counters of the process were read. A layer has none: they are read around a round of all
    /// layers. (Older files give each layer those of its round.)
    fileprivate var ownSamples: Samples? { kind == Self.layerKind ? nil : samples }
}
