import Foundation
import Results
import Workers

/// Rounds of two programs that take turns: both are ready at the same time, on the same processor if the case has one
/// thread, and run in blocks of four turns.
struct TurnPairing: Pairing {
    let match: Match

    private(set) var hotCode: Both<HotCode>?
    private var plan: TurnPlan?
    private var roundsPlayed = 0
    /// The fingerprints of the verified outputs.
    private var verified = Both<UInt64?>(base: nil, head: nil)

    init(_ match: Match) { self.match = match }

    /// Waiting threads of a pool spin for a while before they sleep; the other side's turn begins after that.
    private static let secondsUntilThreadsSleep = 0.03

    mutating func round(_ random: inout SeededGenerator) throws -> Round {
        let processor = Int.random(in: 0..<1 << 16, using: &random)
        let first: Side = Bool.random(using: &random) ? .base : .head
        let layouts = match.layouts(ofRound: roundsPlayed)
        roundsPlayed += 1
        let one = try start(first, layout: layouts[first], processor: processor)
        defer { one.dismiss() }
        let other = try start(first.other, layout: layouts[first.other], processor: processor)
        defer { other.dismiss() }
        let takers = Both(first, one, then: other)
        let ready = takers.map(\.readiness)
        let plan = plan ?? TurnPlan(callSeconds: max(ready.base.callSeconds, ready.head.callSeconds))
        self.plan = plan
        if let ofBase = ready.base.hotCode, let ofHead = ready.head.hotCode {
            var hot = Both(base: ofBase, head: ofHead)
            // Different outputs come from different inputs or from unseen code; the seen code is then incomplete.
            if ready.base.outputs != ready.head.outputs {
                for side in Side.allCases { hot[side].surroundings = nil }
            }
            hotCode = hot
        }
        var round = Round(
            case: match.index, order: "", samples: Both { _ in Samples(calls: plan.request.calls) },
            facts: ready.map { Round.Facts(answer: $0.answer, preparation: $0.preparation, memory: $0.memory) })
        if match.hasLayouts { round.layouts = layouts }
        for _ in 0..<plan.blocks {
            for side in TurnPlan.block(&random) {
                if match.item.threads > 1 { Thread.sleep(forTimeInterval: Self.secondsUntilThreadsSleep) }
                let turn = try SideFailure.blaming(side) { try takers[side].take(plan.request) }
                round.samples[side].append(turn)
                round.order += side == .base ? "B" : "H"
            }
        }
        for side in Side.allCases { try SideFailure.blaming(side) { try takers[side].finish() } }
        return round
    }

    /// A worker that is ready. Its answer was verified in this round or, with the same outputs, in an earlier one.
    private mutating func start(_ side: Side, layout: Int, processor: Int) throws -> TurnTaker {
        var task = TurnsTask(name: try match.name(of: side), seed: 1, verifies: verified[side] == nil)
        task.watchesCode = hotCode == nil
        task.processor = match.item.threads == 1 ? processor : nil
        task.pinsThreads = match.pinsThreads
        if side == .head, match.options.slows(match.item) { task.slowdown = match.options.slowdown }
        let worker = match.worker(of: side, layout: layout)
        func begin() throws -> TurnTaker {
            try SideFailure.blaming(side) {
                try TurnTaker(worker, task: task, timeLimit: match.options.timeout, interrupted: match.interrupted)
            }
        }
        let taker = try begin()
        if task.verifies || verified[side] == taker.readiness.outputs {
            verified[side] = taker.readiness.outputs
            return taker
        }
        // The answer differs from the verified one: perhaps sums in another order, perhaps wrong.
        taker.dismiss()
        task.verifies = true
        return try begin()
    }
}

extension ComparisonOptions {
    /// Whether work is added to the head in this case.
    package func slows(_ item: ComparedCase) -> Bool {
        // The patterns were checked before, so they fail only in files written by hand.
        slowdown > 0 && ((try? slowedFilter().matches(name: item.name, label: item.label)) ?? false)
    }
}

extension Samples {
    mutating func append(_ turn: Turn) {
        seconds.append(turn.seconds)
        for (name, count) in turn.counts { columns[name, default: []].append(count) }
    }
}
