/// What is said of the time of a case.
package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// The head takes less time, by more than the margin.
    case faster
    /// The head takes more time, by more than the margin.
    case slower
    /// Whatever difference there may be is within the margin.
    case same
    /// The rounds do not tell.
    case inconclusive
}
