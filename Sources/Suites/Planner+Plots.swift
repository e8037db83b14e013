import Results
import Workloads

extension Planner {
    /// The plots that a suite asks for, their words checked, and their filters on the cases of the whole plan.
    func checked(_ plots: [Suite.Placed<PlotRequest>], of cases: [Case]) throws(SuiteError) -> [PlotRequest] {
        try plots.map { (plot) throws(SuiteError) in
            let request = plot.content
            guard vocabulary.kinds.contains(request.kind) else {
                throw SuiteError(
                    "there is no plot '\(request.kind)'", at: plot.place,
                    remedy: Spelling.suggestion(for: request.kind, among: vocabulary.kinds))
            }
            let words = ["label", "implementation", "element", "threads", "name"] + vocabulary.metrics + parameterWords
            for (key, word) in [("x", request.x), ("y", request.y), ("series", request.series)] {
                guard let word, !words.contains(word) else { continue }
                throw SuiteError(
                    "'\(key)' of the plot is '\(word)', which is no metric and no parameter", at: plot.place,
                    remedy: Spelling.suggestion(for: word, among: words))
            }
            do throws(PatternError) {
                let filter = try request.filter()
                // What the command line chose may leave a plot without cases, and is no mistake of the suite.
                if overrides.isEmpty { _ = try filter.choose(from: cases) { ($0.name, $0.label) } }
            } catch {
                throw SuiteError(
                    "the plot's filter: \(error.message)", at: plot.place,
                    remedy: error.remedy ?? "write a part of names or labels")
            }
            return request
        }
    }

    private var parameterWords: [String] {
        Set((catalog.kernels + catalog.models).flatMap { $0.schema.words }).sorted()
    }
}
