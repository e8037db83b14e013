extension Metric {
    /// The largest error of an output element against the reference: see Workloads' `Tolerance`.
    package static let error = single("error", "Error", unit: "1", better: .lower) { $0.answer?.error }

    /// The error above which the answer counts as wrong.
    package static let tolerance = exact(
        "tolerance", "Tolerance", unit: "1", better: .neither
    ) { $0.answer?.tolerance }
}
