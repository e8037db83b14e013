import Results
import Workloads

extension Planner {
    /// The plots that a suite asks for, their words checked.
    func checked(_ plots: [Suite.Placed<PlotRequest>]) throws(SuiteError) -> [PlotRequest] {
        try plots.map { (plot) throws(SuiteError) in
            let request = plot.content
            guard vocabulary.kinds.contains(request.kind) else {
                throw SuiteError(
                    "there is no plot '\(request.kind)'", at: plot.place,
                    remedy: Spelling.suggestion(for: request.kind, among: vocabulary.kinds))
            }
            let words = ["label", "implementation", "threads", "name"] + vocabulary.metrics + parameterWords
            for (key, word) in [("x", request.x), ("y", request.y), ("series", request.series)] {
                guard let word, !words.contains(word) else { continue }
                throw SuiteError(
                    "'\(key)' of the plot is '\(word)', which is no metric and no parameter", at: plot.place,
                    remedy: Spelling.suggestion(for: word, among: words))
            }
            return request
        }
    }

    private var parameterWords: [String] {
        Set((catalog.kernels + catalog.models).flatMap { $0.schema.words }).sorted()
    }
}
