import Results

/// Whoever can play a round of one case: two programs, or a test's stand-in.
package protocol Pairing {
    /// Throws a `SideFailure`, `UnknownCase` or `Interrupted`.
    mutating func round(_ random: inout SeededGenerator) throws -> Round
}
