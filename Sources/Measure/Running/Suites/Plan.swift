import Results
import Workloads

/// A resolved suite: every case to run, in order. Making a plan reports every error in its suite.
package struct Plan: Sendable {
    /// The suite's name, title, text and plots, in the form that run files keep.
    package let suite: RunHeader.Suite
    package let sampling: SamplingDefaults
    package var cases: [Case]
    /// The requested plots as written: see `PlotVocabulary`.
    let plots: [Suite.Placed<PlotRequest>]
    /// Whether the plan has all cases of the suite, because the command line selected none.
    let isWhole: Bool

    package init(
        suite: RunHeader.Suite, sampling: SamplingDefaults = SamplingDefaults(), cases: [Case],
        plots: [Suite.Placed<PlotRequest>] = [], isWhole: Bool = false
    ) {
        self.suite = suite
        self.sampling = sampling
        self.cases = cases
        self.plots = plots
        self.isWhole = isWhole
    }
}

/// Options of the command line for every case of a plan.
package struct PlanOverrides: Sendable {
    /// Use only these implementations.
    package var implementations: [String]
    /// Use this many threads instead of the suite's.
    package var threads: Int?

    /// Parameters for all models; they override those of the suite.
    package var models: [ModelOverride]

    /// Whether nothing is overridden.
    var isEmpty: Bool { implementations.isEmpty && threads == nil && models.isEmpty }

    package init(implementations: [String] = [], threads: Int? = nil, models: [ModelOverride] = []) {
        self.implementations = implementations
        self.threads = threads
        self.models = models
    }

    /// The parameters of a kernel or model with the overrides applied.
    func applied(to given: [Schema.Given], kind: String) -> [Schema.Given] {
        guard kind == "model" else { return given }
        return given.filter { item in !models.contains { $0.word == item.word } }
            + models.map { Schema.Given($0.word, $0.text) }
    }

    /// The error attributed to the option that caused it; nil if the suite caused it.
    func blamed(for error: ShapeError) -> SuiteError? {
        guard let option = models.first(where: { $0.word == error.parameter }) else { return nil }
        // The option precedes the message, so its word is not repeated.
        let word = "\(option.word): "
        return SuiteError(
            error.message.hasPrefix(word) ? String(error.message.dropFirst(word.count)) : error.message,
            at: Place(file: option.option), remedy: error.remedy)
    }
}

/// A parameter that a command-line option sets for every model.
package struct ModelOverride: Sendable {
    /// The parameter's name in suites.
    package let word: String
    package let text: String
    /// The option, for error messages: `--without`.
    package let option: String

    package init(word: String, text: String, option: String) {
        self.word = word
        self.text = text
        self.option = option
    }
}
