import Workloads

/// One thing to measure, resolved: a shape, an implementation, a number of threads.
package struct Case: Sendable {
    /// `kernel` or `model`.
    package let kind: String
    package let workload: any Workload
    package let implementation: Implementation
    package let threads: Int
    /// More threads than any machine that this is for; so many still fit what libraries count in.
    package static let mostThreads = 1024
    /// For people.
    package let label: String
    /// Every parameter by its word, and the shorthands that were written, as text: the axes of plots.
    package let parameters: [String: String]

    package init(
        kind: String, workload: any Workload, implementation: Implementation, threads: Int, label: String,
        parameters: [String: String]
    ) {
        self.kind = kind
        self.workload = workload
        self.implementation = implementation
        self.threads = threads
        self.label = label
        self.parameters = parameters
    }

    /// The canonical name: whole, so that it can be run again anywhere.
    package var name: String {
        CaseName.text(workload: workload, implementation: implementation.name, threads: threads)
    }

    /// The kernel's or model's name alone.
    package var workloadName: String { workload.schema.name }

    /// Why it would not be measured, known before anything runs: nil where nothing stands in its way.
    package var unsupported: String? {
        if let reason = implementation.unsupported { return reason }
        if threads > 1, case .one = implementation.threading {
            return "'\(implementation.name)' of \(workloadName) runs on one thread"
        }
        return nil
    }
}
