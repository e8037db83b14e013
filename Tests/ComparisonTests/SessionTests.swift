import Comparison
import Foundation
import Results
import Testing
import Workers

@Suite struct SessionTests {
    @Test func roundsAreAddedWhereIntervalsAreWide() throws {
        var simulation = SimulatedComparison(ratios: [1, 1, 1, 1])
        simulation.change = { index, pairing in pairing.processNoise = index == 2 ? 0.02 : 0.002 }
        let (comparison, ending) = try simulation.run()
        let counts = (0..<4).map { comparison.soundRounds(of: $0).count }
        #expect([0, 1, 3].allSatisfy { counts[2] > 2 * counts[$0] })
        guard case .done(let end) = ending else { throw Problem.wrong }
        #expect(!end.ranOut)
    }

    enum Problem: Error { case wrong }

    @Test func nothingStopsBecauseADifferenceHasShown() throws {
        // One case is three times as slow, and as noisy as the other: it gets as many rounds.
        var simulation = SimulatedComparison(ratios: [3, 1])
        simulation.change = { _, pairing in (pairing.processNoise, pairing.turnNoise) = (0.015, 0) }
        let counts = try (UInt64(1)...20).map { seed in
            simulation.options.seed = seed
            let comparison = try simulation.run().comparison
            return (comparison.soundRounds(of: 0).count, comparison.soundRounds(of: 1).count)
        }
        let (slower, same) = (counts.reduce(0) { $0 + $1.0 }, counts.reduce(0) { $0 + $1.1 })
        #expect(abs(Double(slower) / Double(same) - 1) < 0.25)
    }

    @Test func theBudgetEndsIt() throws {
        var simulation = SimulatedComparison(ratios: Array(repeating: 1, count: 10))
        simulation.options.budget = 60
        simulation.change = { _, pairing in pairing.processNoise = 0.1 }
        var warned: Double?
        let (comparison, ending) = try simulation.run(event: { if case .scarce(let seconds) = $0 { warned = seconds } })
        guard case .done(let end) = ending else { throw Problem.wrong }
        #expect(end.ranOut)
        #expect(end.wallSeconds <= 60)
        #expect(end.wallSeconds > 59)
        #expect((238...240).contains(comparison.rounds.count))
        #expect(warned == nil, "nine rounds of ten cases take 23 seconds")
        #expect(Judgement(comparison).notes.contains { $0.contains("--budget") })
    }

    @Test func theRoundsThatWereAskedForArePlayed() throws {
        var simulation = SimulatedComparison(ratios: [1, 1, 1])
        simulation.change = { index, pairing in pairing.processNoise = 0.02 * Double(index) }
        simulation.options.rounds = 4
        let comparison = try simulation.run().comparison
        #expect((0..<3).map { comparison.soundRounds(of: $0).count } == [4, 4, 4])
    }

    @Test func aBudgetThatCannotSufficeIsSaid() throws {
        var simulation = SimulatedComparison(ratios: Array(repeating: 1, count: 10))
        simulation.options.budget = 10
        var warned: Double?
        let (comparison, _) = try simulation.run(event: { if case .scarce(let seconds) = $0 { warned = seconds } })
        // 2^-n <= 0.05 / 10 / 2: nine rounds.
        #expect(warned == 22.5)
        #expect(Judgement(comparison).cases.allSatisfy { $0.time?.verdict == .inconclusive })
    }

    @Test func roundsOfACaseAreSpreadOverTheTime() throws {
        let (comparison, _) = try SimulatedComparison(ratios: [1, 1, 1, 1, 1]).run()
        for pass in 0..<6 {
            let rounds = comparison.rounds[(5 * pass)..<(5 * pass + 5)]
            #expect(Set(rounds.map(\.case)).count == 5, "every case once a pass")
        }
        #expect(comparison.rounds[0..<5].map(\.case) != comparison.rounds[5..<10].map(\.case))
    }

    @Test func theSameSeedPlaysTheSame() throws {
        let simulation = SimulatedComparison(ratios: [1, 1.01], seed: 7)
        #expect(try simulation.run().comparison.rounds == simulation.run().comparison.rounds)
        let other = SimulatedComparison(ratios: [1, 1.01], seed: 8)
        #expect(try simulation.run().comparison.rounds != other.run().comparison.rounds)
    }

    @Test func aSpoiltRoundIsPlayedAgainAndKept() throws {
        var simulation = SimulatedComparison(ratios: [1])
        simulation.change = { _, pairing in pairing.isSpoilt = { $0 == 2 || $0 == 4 } }
        let (comparison, _) = try simulation.run()
        #expect(comparison.rounds.count { $0.isSpoilt } == 2)
        #expect(comparison.soundRounds(of: 0).count == comparison.rounds.count - 2)
        #expect(Judgement(comparison).cases[0].spoilt == 2)
    }

    @Test func aMachineThatIsNeverQuietIsTakenAsItIs() throws {
        var simulation = SimulatedComparison(ratios: [1])
        simulation.change = { _, pairing in pairing.isSpoilt = { _ in true } }
        let (comparison, _) = try simulation.run()
        let sound = comparison.soundRounds(of: 0).count
        #expect(sound > 5)
        #expect(comparison.rounds.count { $0.isSpoilt } <= sound + 1)
        #expect(Judgement(comparison).notes.contains { $0.contains("not quiet") })
    }

    @Test func whatASideCannotMeasureIsNeverSlower() throws {
        var simulation = SimulatedComparison(ratios: [1, 1, 1])
        simulation.change = { index, pairing in
            if index == 1 { pairing.failure = SideFailure(.head, Failure(.crashed, "boom")) }
        }
        let (comparison, _) = try simulation.run()
        let judgement = Judgement(comparison)
        #expect(judgement.cases[1].time == nil)
        #expect(judgement.cases[1].outcome == .failed(SideFailure(.head, Failure(.crashed, "boom"))))
        #expect(!judgement.cases[1].isRegression)
        #expect(judgement.cases[0].time?.verdict == .same)
        #expect(judgement.cases[2].time?.verdict == .same)
    }

    @Test func aCaseThatDoesNotFitTwiceIsNotStarted() throws {
        let (comparison, _) = try SimulatedComparison(ratios: [1]).run(memory: 1500)
        guard case .unsupported(let reason) = comparison.outcomes[0] else { throw Problem.wrong }
        #expect(reason.contains("MiB for both sides"))
        #expect(comparison.rounds.isEmpty)
    }

    @Test func anInterruptKeepsTheRounds() throws {
        let asked = Counter()
        let (comparison, ending) = try SimulatedComparison(ratios: [1, 1]).run(interrupted: {
            asked.value += 1
            return asked.value > 7
        })
        #expect(ending == .interrupted)
        #expect(comparison.rounds.count == 7)
        #expect(Judgement(comparison).notes.contains { $0.contains("cut off") })
    }

    private final class Counter { var value = 0 }

    @Test func aListenerThatFailsEndsIt() throws {
        var heard = 0
        #expect(throws: Problem.self) {
            try SimulatedComparison(ratios: [1]).run(event: {
                guard case .round = $0 else { return }
                heard += 1
                throw Problem.wrong
            })
        }
        #expect(heard == 1)
    }

    @Test func casesOfOneSideAreNotPlayed() throws {
        let one = ComparedCase(suite: "suite", sides: Both(base: nil, head: .case_("new")))
        let cannot = ComparedCase(
            suite: "suite", sides: Both { _ in ListedCase.case_("odd", unsupported: "not this shape") })
        #expect(one.obstacle == .oneSided(.head))
        #expect(cannot.obstacle == .unsupported("not this shape"))
        let session = ComparisonSession(
            cases: [one, cannot], options: ComparisonOptions(),
            pairing: { SimulatedPairing(index: $0, clock: SimulatedTime()) }, memoryAvailable: { nil },
            interrupted: { false }, now: { 0 })
        var events = 0
        guard case .done = try session.run(listener: { _ in events += 1 }) else { throw Problem.wrong }
        #expect(events == 0)
    }
}
