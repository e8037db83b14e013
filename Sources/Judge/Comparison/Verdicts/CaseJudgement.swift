import Foundation
import Results
import Statistics

/// The verdicts on one case.
package struct CaseJudgement: Sendable {
    package let item: ComparedCase
    /// The number of rounds that count, the same for both sides; for two runs, the number of samples.
    package let observations: Both<Int>
    /// The number of rounds that other programs disturbed.
    package var spoilt = 0
    /// Nil if it was not compared.
    package let time: RatioEstimate?
    /// The least and the greatest ratio from single rounds, or from samples of two runs.
    package var range: ClosedRange<Double>?
    /// Rounds needed to settle an inconclusive case; nil if no number suffices, or the case is settled.
    package var roundsNeeded: Int?
    /// The least slowdown that these rounds could have shown; nil if there are too few.
    package var leastVisible: Double?
    /// Seconds per call, over all samples.
    package let medians: Both<Double>?
    /// The ratio of resident bytes of the operands and all that an implementation holds; nil if it was not compared.
    package var memory: RatioEstimate?
    /// Metrics other than time that differ.
    package let changes: [MetricChange]
    /// Whether both sides run the same machine code; nil if that was not checked.
    package var code: CodeComparison?
    /// Why it was not compared; nil if it was.
    package let outcome: CaseOutcome?

    /// Whether time or another metric has become worse.
    package var isRegression: Bool { time?.verdict == .slower || changes.contains(where: \.isWorse) }
}
