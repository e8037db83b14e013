import Foundation
import Results
import Statistics

/// The verdicts on one case.
package struct CaseJudgement: Sendable {
    package let item: ComparedCase
    /// The number of rounds that count, the same for both sides; for two runs, the number of samples.
    package let observations: Both<Int>
    /// Rounds that other programs spoilt.
    package var spoilt = 0
    /// Nil if it was not compared.
    package let time: RatioEstimate?
    /// The least and the greatest ratio that single rounds, or samples of two runs, would give.
    package var range: ClosedRange<Double>?
    /// Rounds that would settle an inconclusive case; nil if no number would, or the case is settled.
    package var roundsNeeded: Int?
    /// The least slowdown that these rounds would have shown; nil if they are too few.
    package var leastVisible: Double?
    /// Seconds per call, over all samples.
    package let medians: Both<Double>?
    /// Resident bytes of the operands and all that an implementation holds; nil if it was not compared.
    package var memory: RatioEstimate?
    /// Metrics other than time that differ.
    package let changes: [MetricChange]
    /// Whether both sides run the same machine code; nil if that was not looked at.
    package var code: CodeComparison?
    /// Why it was not compared; nil if it was.
    package let outcome: CaseOutcome?

    /// Whether something has become worse.
    package var isRegression: Bool { time?.verdict == .slower || changes.contains(where: \.isWorse) }
}
