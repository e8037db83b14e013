import Workers

/// How the turns of a case are cut: the same for both sides and all rounds.
package struct TurnPlan: Sendable, Hashable {
    package let request: TurnRequest
    /// Blocks of four turns in a round.
    package let blocks: Int

    /// A turn lasts this many seconds, where a call is not longer: enough for the clock and for a few interrupts to be alike.
    static let turnSeconds = 0.003
    /// Untimed calls bring back what the other side drove out of the caches nearest to the core.
    static let warmupSeconds = 0.0003
    /// A round's turns last about this many seconds: more rounds tell more than longer ones.
    static let roundSeconds = 0.2
    static let mostBlocks = 16

    /// - Parameter callSeconds: what a call takes, of the slower side.
    package init(callSeconds: Double) {
        let call = max(callSeconds, 1e-9)
        let calls = max(1, Int((Self.turnSeconds / call).rounded()))
        // A call that is a turn by itself warms nothing that it does not use up again.
        let warmup = calls > 1 ? max(1, min(calls, Int((Self.warmupSeconds / call).rounded()))) : 0
        request = TurnRequest(warmup: warmup, calls: calls)
        let block = 4 * Double(calls + warmup) * call
        blocks = max(1, min(Self.mostBlocks, Int((Self.roundSeconds / block).rounded())))
    }

    /// A block of turns: base, head, head, base, or the other way round. A drift that is even meets both sides alike, and
    /// chance decides so that nothing periodic can favour one.
    package static func block(_ random: inout SeededGenerator) -> [Side] {
        let first: Side = Bool.random(using: &random) ? .base : .head
        return [first, first.other, first.other, first]
    }
}
