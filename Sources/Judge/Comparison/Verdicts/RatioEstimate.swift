import Foundation
import Statistics

/// A ratio with its interval and its verdict.
package struct RatioEstimate: Sendable, Hashable {
    /// head / base.
    package let ratio: Double
    /// For this ratio alone, not corrected for others of the suite; nil if there are too few observations.
    package let interval: ClosedRange<Double>?
    /// The least share of suites in which such a verdict would be wrong somewhere: Holm's over the suite.
    package let pValue: Double
    package private(set) var verdict: Verdict

    /// - Parameter pValue: that of "the ratio is within the margin", corrected for all ratios of the suite.
    package init(ratio: Double, interval: ClosedRange<Double>?, pValue: Double, options: ComparisonOptions) {
        self.ratio = ratio
        self.interval = interval
        self.pValue = pValue
        verdict =
            if pValue <= 1 - options.confidence {
                ratio > 1 ? .slower : .faster
            } else if let interval, abs(log(interval.lowerBound)) <= options.logMargin,
                abs(log(interval.upperBound)) <= options.logMargin
            {
                .same
            } else {
                .inconclusive
            }
    }

    /// The same estimate, taking the machine code into account: a difference is `moved` if only addresses differ.
    func explained(by code: CodeComparison?) -> RatioEstimate {
        guard verdict == .slower || verdict == .faster, case .moved = code else { return self }
        var explained = self
        explained.verdict = .moved
        return explained
    }
}
