import Platform
import Results

/// Plays rounds of one case: two programs, or a stand-in of a test.
package protocol Pairing {
    /// Where the time of each side goes; nil if that was not watched, or no round was played yet.
    var hotCode: Both<HotCode>? { get }
    /// Throws a `SideFailure`, `UnknownCase` or `Interrupted`.
    mutating func round(_ random: inout SeededGenerator) throws -> Round
}
