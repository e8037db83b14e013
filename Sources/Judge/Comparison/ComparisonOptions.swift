import Foundation
import Results

/// How two programs are compared.
package struct ComparisonOptions: Codable, Sendable, Hashable {
    /// Ratios closer to 1 than this count as no difference: 0.02 means from 1 / 1.02 to 1.02.
    package var margin = 0.02
    /// The confidence of the shown intervals; 1 minus this is the share of suites in which some verdict may be wrong.
    package var confidence = 0.95
    /// The time limit of all rounds in seconds.
    package var budget = 300.0
    /// The seed for the order of turns and cases.
    package var seed: UInt64 = 1
    /// The most rounds per case.
    package var mostRounds = 200
    /// Exactly this many rounds per case if the budget allows, however wide the interval; nil for as many as needed.
    package var rounds: Int?
    /// Whether each thread of a case is pinned to its own processor; a single thread always is.
    package var pin = false
    /// Seconds after which an unresponsive case is given up.
    package var timeout = 300.0
    /// Work added to the head, as a share of its time, to test whether it is found; 0 in a comparison.
    package var slowdown = 0.0
    /// The patterns of the cases to slow down: see `CaseFilter`. Nil for all.
    package var slowedCases: [String]?
    /// The same as words, in files written before filters were regular expressions.
    private var slowed: String?

    /// The number of links per side, each with functions in a random order; nil for one in the compiler's order.
    package var layouts: Int?

    package init() {}

    /// The filter of the cases to which work is added, if any. Throws if a pattern is invalid.
    package func slowedFilter() throws(PatternError) -> CaseFilter {
        if let slowedCases { return try CaseFilter(slowedCases) }
        return try CaseFilter(words: slowed)
    }

    /// The margin as a logarithm: a ratio is within the margin if its logarithm is closer to 0 than this.
    package var logMargin: Double { log1p(margin) }
}
