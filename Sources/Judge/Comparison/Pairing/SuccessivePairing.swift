import Foundation
import Platform
import Results
import Workers

/// Rounds of two programs, if one speaks only protocol 1 and cannot take turns: a whole process of one side, then one
/// of the other, in random order. Both get the same request.
struct SuccessivePairing: Pairing {
    let match: Match
    /// Protocol 1 cannot report it.
    let hotCode: Both<HotCode>? = nil
    /// Samples per process and calls per sample; known after the first processes have run.
    private var amount: (samples: Int, calls: Int)?

    /// The approximate total seconds of a process's samples.
    private static let seconds = 0.2
    private static let samples = 7...60

    init(_ match: Match) { self.match = match }

    mutating func round(_ random: inout SeededGenerator) throws -> Round {
        if amount == nil { amount = try findAmount() }
        let first: Side = Bool.random(using: &random) ? .base : .head
        let one = try measure(first, amount: amount)
        let sides = Both(first, one, then: try measure(first.other, amount: amount))
        return Round(
            case: match.index, order: first == .base ? "BH" : "HB", samples: sides.map(\.samples),
            facts: sides.map { Round.Facts(answer: $0.answer, preparation: $0.preparation, memory: $0.memory) })
    }

    /// Finds enough calls for the slower side and the clock; both sides then make the same number.
    private func findAmount() throws -> (samples: Int, calls: Int) {
        let found = try Side.allCases.map { try measure($0, amount: nil).samples }
        let calls = found.map(\.calls).max() ?? 1
        let seconds = found.compactMap { $0.seconds.min() }.max() ?? 0
        // A program may report any times.
        let samples = min(max(Self.seconds / (seconds * Double(calls)), 0), Double(Self.samples.upperBound))
        return (max(samples.isNaN ? 0 : Int(samples), Self.samples.lowerBound), calls)
    }

    private func measure(_ side: Side, amount: (samples: Int, calls: Int)?) throws -> Measured {
        var sampling = SamplingOptions()
        sampling.timeLimit = 0.1
        sampling.samples = amount?.samples ?? Self.samples.lowerBound
        sampling.calls = amount?.calls
        var task = MeasureTask(name: try match.name(of: side), seed: 1, sampling: sampling)
        task.staysOnOneProcessor = match.item.threads == 1
        task.pinsThreads = match.pinsThreads
        let reply = try match.worker(of: side).ask(
            .measure(task), timeLimit: match.options.timeout, interrupted: match.interrupted)
        switch (reply.end, reply.result) {
        case (.interrupted, _): throw Interrupted()
        case (.exit(0), .measured(let measured)): return measured
        // It failed before its first stage: it does not know the name.
        case (.exit, .failed(let failure, _)) where failure.kind == .error && reply.lastStage == nil:
            throw UnknownCase(side: side)
        case (.exit, .failed(let failure, _)): throw SideFailure(side, failure)
        default: throw SideFailure(side, reply.death)
        }
    }
}
