import Foundation
import Results

/// How two programs are compared.
package struct ComparisonOptions: Codable, Sendable, Hashable {
    /// Ratios nearer to 1 than this are no difference: 0.02 is from 1 / 1.02 to 1.02.
    package var margin = 0.02
    /// Of the intervals that are shown; 1 less this is the share of suites in which some verdict may be wrong.
    package var confidence = 0.95
    /// Seconds for all rounds.
    package var budget = 300.0
    /// Of the order of turns and cases.
    package var seed: UInt64 = 1
    /// The most rounds of a case.
    package var mostRounds = 200
    /// Exactly this many rounds of every case that the budget allows, however wide its interval; nil for as many as it takes.
    package var rounds: Int?
    /// Every thread of a case keeps a processor of its own; a single one always does.
    package var pin = false
    /// Seconds after which a case that does not answer is given up.
    package var timeout = 300.0
    /// Work added to the head, as a share of its time, to see whether it is found; 0 in a comparison.
    package var slowdown = 0.0
    /// Only in the cases that one of these patterns finds: see `CaseFilter`. Nil is all.
    package var slowedCases: [String]?
    /// The same as words, in files from before filters were regular expressions.
    private var slowed: String?

    /// Links of each side, in orders of functions drawn by chance; nil is one, in the order of the compiler.
    package var layouts: Int?

    package init() {}

    /// The cases to which work is added, if any is. Throws if a pattern is none.
    package func slowedFilter() throws(PatternError) -> CaseFilter {
        if let slowedCases { return try CaseFilter(slowedCases) }
        return try CaseFilter(words: slowed)
    }

    /// The margin as a logarithm: a ratio within it has one that is nearer to 0, on either side.
    package var logMargin: Double { log1p(margin) }
}
