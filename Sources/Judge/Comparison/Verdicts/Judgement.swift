import Statistics

/// The verdicts of a comparison.
package struct Judgement: Sendable {
    package let header: ComparisonHeader
    /// Whether the ratios are of pairs, because the sides took turns. If not, each side was measured separately.
    package let isPaired: Bool
    /// In the order of the comparison.
    package private(set) var cases: [CaseJudgement]
    /// Notes for the reader.
    package let notes: [String]

    init(header: ComparisonHeader, isPaired: Bool, cases: [CaseJudgement], notes: [String]) {
        self.header = header
        self.isPaired = isPaired
        self.cases = cases
        self.notes = notes
    }

    /// The suites in the order given by the user.
    package var suites: [String] { header.suites.map(\.name) }

    package func count(_ verdict: Verdict) -> Int { cases.count { $0.time?.verdict == verdict } }

    /// The geometric mean of a suite's ratios; nil if none of its cases was compared.
    package func geometricMean(of suite: String) -> Double? {
        GeometricMean.of(cases.filter { $0.item.suite == suite }.compactMap { $0.time?.ratio })
    }

    /// Removes the other cases. The verdicts still hold for all compared cases.
    package mutating func keep(where isKept: (CaseJudgement) -> Bool) { cases.removeAll { !isKept($0) } }
}
