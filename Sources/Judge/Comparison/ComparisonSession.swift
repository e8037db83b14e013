import Platform
import Results
import Workers

/// Compares the cases of two programs, round by round. The listener is told everything as soon as it is known.
package struct ComparisonSession {
    /// The events, in order.
    package enum Event: Sendable {
        /// A round begins: the case, the round's number, the number of settled cases, and the most seconds left.
        case began(Int, round: Int, settled: Int, secondsLeft: Double)
        case round(Round)
        case outcome(Int, CaseOutcome)
        /// Whether both sides run the same machine code in a case.
        case code(Int, CodeComparison)
        /// The budget is too short for the fewest rounds of every case; this many seconds would be enough.
        case scarce(seconds: Double)
    }

    let cases: [ComparedCase]
    let options: ComparisonOptions
    /// Makes the pairing of the case with this index.
    let pairing: (Int) -> any Pairing
    /// Compares the machine code of a case after it was sampled; nil if there is no verdict.
    let compareCode: (Both<HotCode>?) -> CodeComparison?
    /// Bytes that may be used now; nil if the system does not say.
    let memoryAvailable: () -> Int?
    let interrupted: () -> Bool
    /// Seconds since a fixed moment.
    let now: () -> Double

    package init(
        cases: [ComparedCase], options: ComparisonOptions, pairing: @escaping (Int) -> any Pairing,
        compareCode: @escaping (Both<HotCode>?) -> CodeComparison? = { _ in nil },
        memoryAvailable: @escaping () -> Int?, interrupted: @escaping () -> Bool, now: @escaping () -> Double
    ) {
        self.cases = cases
        self.options = options
        self.pairing = pairing
        self.compareCode = compareCode
        self.memoryAvailable = memoryAvailable
        self.interrupted = interrupted
        self.now = now
    }

    /// How the session ended.
    package enum Ending: Sendable, Equatable {
        case done(ComparisonEnd)
        /// The user stopped it; there are no further events.
        case interrupted
    }

    /// Runs rounds until every case is settled or the budget is used up. Ends if the listener throws (a full disk).
    package func run(listener: (Event) throws -> Void) throws -> Ending {
        let start = now()
        let comparable = cases.indices.filter { cases[$0].obstacle == nil }
        var schedule = Schedule(count: cases.count, comparing: comparable, options: options)
        var random = SeededGenerator(seed: options.seed)
        var played: [Int: Playing] = [:]
        var passes = 0
        while true {
            let open = schedule.open
            guard !open.isEmpty else { return .done(ComparisonEnd(wallSeconds: now() - start, ranOut: false)) }
            // Spread each case's rounds over the whole time, in a new random order each time.
            var hadTime = false
            for index in open.shuffled(using: &random) {
                var playing = played[index] ?? Playing(pairing: pairing(index))
                let left = options.budget - (now() - start)
                guard !interrupted() else { return .interrupted }
                guard left > playing.secondsOfRound else { continue }
                hadTime = true
                try listener(
                    .began(
                        index, round: playing.logRatios.count + 1, settled: comparable.count - schedule.open.count,
                        secondsLeft: left))
                do {
                    let isFirst = playing.logRatios.isEmpty
                    for round in try play(index, &playing, &random) { try listener(.round(round)) }
                    if isFirst, let code = compareCode(playing.pairing.hotCode) { try listener(.code(index, code)) }
                    schedule.look(at: index, logRatios: playing.logRatios)
                } catch is Interrupted {
                    return .interrupted
                } catch let outcome as Unplayable {
                    schedule.drop(index)
                    try listener(.outcome(index, outcome.outcome))
                }
                played[index] = playing
            }
            guard hadTime else { return .done(ComparisonEnd(wallSeconds: now() - start, ranOut: true)) }
            passes += 1
            let spent = now() - start
            // The first pass also verifies every answer, so the usual time of a pass is known only after the second.
            if passes == 2, let missing = secondsMissing(after: played, least: schedule.least, spent: spent) {
                try listener(.scarce(seconds: missing))
            }
        }
    }

    /// A case that is being compared.
    private struct Playing {
        var pairing: any Pairing
        /// From the rounds that count.
        var logRatios: [Double] = []
        var spoilt = 0
        /// The duration of the last round.
        var secondsOfRound = 0.0
    }

    /// Why a case is no longer compared.
    private struct Unplayable: Error { let outcome: CaseOutcome }

    /// One round that counts, preceded by those that were disturbed. At most as many rounds are repeated as count;
    /// after that, disturbed rounds count too.
    private func play(_ index: Int, _ playing: inout Playing, _ random: inout SeededGenerator) throws -> [Round] {
        let (double, isTooMuch) = (cases[index].sides.head?.bytes ?? 0).multipliedReportingOverflow(by: 2)
        let need = isTooMuch ? Int.max : double
        if let available = memoryAvailable(), need > available {
            throw Unplayable(
                outcome: .unsupported("needs \(need >> 20) MiB for both sides, \(available >> 20) MiB are available"))
        }
        var rounds: [Round] = []
        while true {
            let begun = now()
            var round = try playOne(&playing.pairing, &random)
            playing.secondsOfRound = now() - begun
            let mayRepeat = playing.spoilt <= playing.logRatios.count
            round.isSpoilt = mayRepeat && round.disturbedShare(threads: cases[index].threads) > Round.mostDisturbed
            rounds.append(round)
            guard round.isSpoilt else {
                if !round.logRatio.isNaN { playing.logRatios.append(round.logRatio) }
                return rounds
            }
            playing.spoilt += 1
        }
    }

    private func playOne(_ pairing: inout any Pairing, _ random: inout SeededGenerator) throws -> Round {
        do {
            return try pairing.round(&random)
        } catch let failure as SideFailure {
            throw Unplayable(outcome: .failed(failure))
        } catch let unknown as UnknownCase {
            throw Unplayable(outcome: .oneSided(unknown.side.other))
        }
    }

    /// The seconds needed for the fewest rounds of all cases, if that is more than the budget.
    private func secondsMissing(after played: [Int: Playing], least: Int, spent: Double) -> Double? {
        let total = played.values.reduce(spent) { sum, playing in
            sum + playing.secondsOfRound * Double(max(least - playing.logRatios.count, 0))
        }
        return total > options.budget ? total : nil
    }
}
