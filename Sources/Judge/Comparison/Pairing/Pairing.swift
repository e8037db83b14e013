import Platform
import Results

/// Runs rounds of one case: of two programs, or as a stand-in in tests.
package protocol Pairing {
    /// Where each side spends its time; nil if that was not sampled, or before the first round.
    var hotCode: Both<HotCode>? { get }
    /// Throws a `SideFailure`, `UnknownCase` or `Interrupted`.
    mutating func round(_ random: inout SeededGenerator) throws -> Round
}
