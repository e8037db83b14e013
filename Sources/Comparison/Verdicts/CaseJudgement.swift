import Foundation
import Results
import Statistics

/// All that is concluded of one case.
package struct CaseJudgement: Sendable {
    package let item: ComparedCase
    /// What the ratio rests on: rounds that count, the same for both sides; samples, where two runs are compared.
    package let observations: Both<Int>
    /// Rounds that the machine spoilt.
    package var spoilt = 0
    /// Nil where it was not compared.
    package let time: RatioEstimate?
    /// The least and the greatest ratio that single rounds, or samples of two runs, would give.
    package var range: ClosedRange<Double>?
    /// Rounds that would settle an inconclusive case; nil where none would, or none are missing.
    package var roundsNeeded: Int?
    /// The least ratio above 1 that these rounds would have shown as slower, had it been there; nil where they are too few.
    package var leastVisible: Double?
    /// Of all samples, seconds a call.
    package let medians: Both<Double>?
    /// Resident bytes of the operands and all that an implementation holds; nil where it was not compared.
    package var memory: RatioEstimate?
    /// What differs beside the time.
    package let changes: [MetricChange]
    /// Whether both sides run the same machine code; nil where that was not looked at.
    package var code: CodeComparison?
    /// Why it was not compared; nil where it was.
    package let outcome: CaseOutcome?

    /// Whether something has become worse.
    package var isRegression: Bool { time?.verdict == .slower || changes.contains(where: \.isWorse) }
}
