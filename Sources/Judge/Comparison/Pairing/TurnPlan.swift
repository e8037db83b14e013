import Workers

/// How the turns of a case are divided: the same for both sides and all rounds.
package struct TurnPlan: Sendable, Hashable {
    package let request: TurnRequest
    /// The number of blocks of four turns in a round.
    package let blocks: Int

    /// Seconds per turn, unless a call takes longer: enough for the clock, and for similar numbers of interrupts.
    static let turnSeconds = 0.003
    /// Seconds of untimed calls, which restore the caches nearest to the core after the other side's turn.
    static let warmupSeconds = 0.0003
    /// Approximate seconds of the turns in a round: more rounds say more than longer ones.
    static let roundSeconds = 0.2
    static let mostBlocks = 16

    /// - Parameter callSeconds: the seconds per call of the slower side.
    package init(callSeconds: Double) {
        let call = max(callSeconds, 1e-9)
        let calls = max(1, Int((Self.turnSeconds / call).rounded()))
        // If one call is a whole turn, warming up would bring nothing.
        let warmup = calls > 1 ? max(1, min(calls, Int((Self.warmupSeconds / call).rounded()))) : 0
        request = TurnRequest(warmup: warmup, calls: calls)
        let block = 4 * Double(calls + warmup) * call
        blocks = max(1, min(Self.mostBlocks, Int((Self.roundSeconds / block).rounded())))
    }

    /// A block of turns: base, head, head, base, or the reverse. A linear drift affects both sides alike, and the
    /// choice is random, so that nothing periodic can favour one side.
    package static func block(_ random: inout SeededGenerator) -> [Side] {
        let first: Side = Bool.random(using: &random) ? .base : .head
        return [first, first.other, first.other, first]
    }
}
