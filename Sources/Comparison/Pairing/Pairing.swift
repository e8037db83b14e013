import Results

/// Whoever can play a round of one case: two programs, or a test's stand-in.
package protocol Pairing {
    /// Where the time of each side goes; nil where that was not watched, or no round was played yet.
    var hotCode: Both<HotCode>? { get }
    /// Throws a `SideFailure`, `UnknownCase` or `Interrupted`.
    mutating func round(_ random: inout SeededGenerator) throws -> Round
}
