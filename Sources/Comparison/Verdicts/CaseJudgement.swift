import Foundation
import Results
import Statistics

/// All that is concluded of one case.
package struct CaseJudgement: Sendable {
    package let item: ComparedCase
    /// Rounds that count, and those that the machine spoilt.
    package let rounds: Int
    package let spoilt: Int
    /// Nil where it was not compared.
    package let time: RatioEstimate?
    /// Rounds that would settle an inconclusive case; nil where none would, or none are missing.
    package let roundsNeeded: Int?
    /// Of all samples, seconds a call.
    package let medians: Both<Double>?
    /// Resident bytes of the operands and all that an implementation holds; nil where it was not compared.
    package let memory: RatioEstimate?
    /// What differs beside the time.
    package let changes: [MetricChange]
    /// Why it was not compared; nil where it was.
    package let outcome: CaseOutcome?

    /// Whether something has become worse.
    package var isRegression: Bool { time?.verdict == .slower || changes.contains(where: \.isWorse) }
}
