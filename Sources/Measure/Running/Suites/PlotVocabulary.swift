import Results
import Workloads

/// The words that plots may use, as defined by the code that draws them.
package struct PlotVocabulary: Sendable {
    package let kinds: [String]
    package let metrics: [String]

    package init(kinds: [String], metrics: [String]) {
        self.kinds = kinds
        self.metrics = metrics
    }

    /// Checks the words of a plan's plots, and their filters against its cases.
    package func check(_ plan: Plan, catalog: Catalog = .all) throws(SuiteError) {
        let parameters = Set((catalog.kernels + catalog.models).flatMap(\.schema.words)).sorted()
        let words = ["label", "implementation", "element", "threads", "name"] + metrics + parameters
        for plot in plan.plots {
            let request = plot.content
            guard kinds.contains(request.kind) else {
                throw SuiteError(
                    "there is no plot '\(request.kind)'", at: plot.place,
                    remedy: Spelling.suggestion(for: request.kind, among: kinds))
            }
            for (key, word) in [("x", request.x), ("y", request.y), ("series", request.series)] {
                guard let word, !words.contains(word) else { continue }
                throw SuiteError(
                    "'\(key)' of the plot is '\(word)', which is neither a metric nor a parameter", at: plot.place,
                    remedy: Spelling.suggestion(for: word, among: words))
            }
            do throws(PatternError) {
                let filter = try request.filter()
                // A selection on the command line may leave a plot without cases; that is not a fault of the suite.
                if plan.isWhole { _ = try filter.choose(from: plan.cases) { ($0.name, $0.label) } }
            } catch {
                throw SuiteError(
                    "the plot's filter: \(error.message)", at: plot.place,
                    remedy: error.remedy ?? "write a part of a name or label")
            }
        }
    }
}
