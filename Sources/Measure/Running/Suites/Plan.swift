import Results
import Workloads

/// A resolved suite: every case to run, in order. Making a plan finds every error of its suite.
package struct Plan: Sendable {
    /// The suite's name, title, text and plots, as run files keep them.
    package let suite: RunHeader.Suite
    package let sampling: SamplingDefaults
    package var cases: [Case]
    /// The plots that the suite asks for, as they were written: see `PlotVocabulary`.
    let plots: [Suite.Placed<PlotRequest>]
    /// Whether the cases are all of the suite's: the command line chose none.
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

/// What the command line asks of every case of a plan.
package struct PlanOverrides: Sendable {
    /// Use only these implementations.
    package var implementations: [String]
    /// Use this many threads instead of the suite's.
    package var threads: Int?

    /// Parameters of all models, whatever the suite says of them.
    package var models: [ModelOverride]

    /// Whether nothing is overridden.
    var isEmpty: Bool { implementations.isEmpty && threads == nil && models.isEmpty }

    package init(implementations: [String] = [], threads: Int? = nil, models: [ModelOverride] = []) {
        self.implementations = implementations
        self.threads = threads
        self.models = models
    }

    /// What is said of a kernel or model, with what overrides it.
    func applied(to given: [Schema.Given], kind: String) -> [Schema.Given] {
        guard kind == "model" else { return given }
        return given.filter { item in !models.contains { $0.word == item.word } }
            + models.map { Schema.Given($0.word, $0.text) }
    }

    /// The error as that of the option that was at fault; nil if it is of what was written in the suite.
    func blamed(for error: ShapeError) -> SuiteError? {
        guard let option = models.first(where: { $0.word == error.parameter }) else { return nil }
        // The option stands before the message: its word need not follow.
        let word = "\(option.word): "
        return SuiteError(
            error.message.hasPrefix(word) ? String(error.message.dropFirst(word.count)) : error.message,
            at: Place(file: option.option), remedy: error.remedy)
    }
}

/// A parameter that an option of the command line gives to every model.
package struct ModelOverride: Sendable {
    /// Its name in suites.
    package let word: String
    package let text: String
    /// The option, for errors: `--without`.
    package let option: String

    package init(word: String, text: String, option: String) {
        self.word = word
        self.text = text
        self.option = option
    }
}
