import Foundation
import Results

/// One line of a comparison file: an object with one tag.
package enum ComparisonLine: Codable, Sendable {
    case header(ComparisonHeader)
    /// In order; rounds and outcomes refer to a case by its index.
    case `case`(ComparedCase)
    case round(Round)
    /// The outcome of the case with this index, if it is not compared.
    case outcome(Int, CaseOutcome)
    /// The result of comparing the machine code of the case with this index.
    case code(Int, CodeComparison)
    case end(ComparisonEnd)
}
