import Foundation
import Results

/// One line of a comparison's file: an object with one tag.
package enum ComparisonLine: Codable, Sendable {
    case header(ComparisonHeader)
    /// In order; rounds and outcomes mean it by its place.
    case `case`(ComparedCase)
    case round(Round)
    /// What became of the case at a place, where it is not compared.
    case outcome(Int, CaseOutcome)
    /// What was found of the machine code of the case at a place.
    case code(Int, CodeComparison)
    case end(ComparisonEnd)
}
