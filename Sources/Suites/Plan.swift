import Results

/// A suite resolved: every case that is to run, in order. What can be wrong was found out while it was made.
package struct Plan: Sendable {
    /// The suite's name, title, text and plots, as run files keep them.
    package let suite: RunHeader.Suite
    package let sampling: SamplingDefaults
    package var cases: [Case]

    package init(suite: RunHeader.Suite, sampling: SamplingDefaults = SamplingDefaults(), cases: [Case]) {
        self.suite = suite
        self.sampling = sampling
        self.cases = cases
    }

    /// Keeps the cases that a filter chooses.
    package func filtered(by filter: CaseFilter) -> [Case] {
        cases.filter { filter.matches(name: $0.name, label: $0.label) }
    }
}

/// What the command line asks of every case of a plan.
package struct PlanOverrides: Sendable {
    /// Only these implementations.
    package var implementations: [String]
    /// This many threads instead of what the suite says.
    package var threads: Int?

    /// Whether the suite stands as it is.
    var isEmpty: Bool { implementations.isEmpty && threads == nil }

    package init(implementations: [String] = [], threads: Int? = nil) {
        self.implementations = implementations
        self.threads = threads
    }
}

/// Words of plots, from whoever draws them.
package struct PlotVocabulary: Sendable {
    package let kinds: [String]
    package let metrics: [String]

    package init(kinds: [String], metrics: [String]) {
        self.kinds = kinds
        self.metrics = metrics
    }
}
