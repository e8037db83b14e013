import Measurement
import Results
import Statistics
import Testing

@Suite struct RoundSamplerTests {
    /// Samples steps of so many nanoseconds each.
    private func sample(
        _ options: SamplingOptions = SamplingOptions(), clock: SimulatedClock = SimulatedClock(),
        probes: Probes = .simulated(), steps: [Double], order: (Int) -> Void = { _ in }
    ) throws -> Rounds {
        try RoundSampler(options, clock: clock, probes: probes).sample(steps: steps.count) { index in
            order(index)
            clock.move(by: steps[index])
        }
    }

    @Test func eachStepHasItsTimeAndTheWholeTheirSum() throws {
        let rounds = try sample(.with { $0.samples = 9 }, steps: [40_000, 0, 7_000])
        #expect(rounds.whole.seconds == Array(repeating: 47e-6, count: 9))
        #expect(rounds.steps.map(\.seconds) == [40e-6, 0, 7e-6].map { Array(repeating: $0, count: 9) })
        #expect(rounds.whole.stop == .count && rounds.whole.calls == 1 && rounds.whole.warmupCalls > 0)
        // The whole and the steps take turns.
        #expect(abs(rounds.whole.elapsed - 18 * 47e-6) < 1e-9)
    }

    @Test func stepsRunInTheirOrderAlways() throws {
        var order: [Int] = []
        _ = try sample(.with { $0.samples = 6 }, steps: [10_000, 10_000, 10_000]) { order.append($0) }
        #expect(order.count % 3 == 0)
        #expect(order.enumerated().allSatisfy { $0.offset % 3 == $0.element })
    }

    @Test func theTimeLimitEndsIt() throws {
        let rounds = try sample(.with { $0.timeLimit = 0.01 }, steps: [600_000, 400_000])
        #expect(rounds.whole.stop == .time)
        #expect(rounds.whole.seconds.count == 5)
        #expect(rounds.steps.allSatisfy { $0.seconds.count == 5 })
        // One of each kind, however long it takes.
        #expect(try sample(.with { $0.timeLimit = 0.01 }, steps: [1e9]).steps[0].seconds.count == 1)
    }

    @Test func thereAreNeverTooManyRounds() throws {
        let rounds = try sample(.with { $0.timeLimit = 1000 }, steps: [1_000])
        #expect(rounds.whole.seconds.count == RoundSampler<SimulatedClock>.mostRounds)
        #expect(rounds.whole.stop == .count)
    }

    /// The time of the CPU in a round is not that of one of its steps.
    @Test func whatTheProbesSawIsToldOfRoundsAlone() throws {
        let rounds = try sample(
            .with { $0.samples = 6 }, probes: .simulated(throttling: true), steps: [30_000, 20_000])
        #expect(rounds.whole[.involuntarySwitches] == Array(repeating: 1, count: 6))
        #expect(rounds.whole[.throttled] == Array(repeating: 4, count: 6))
        for step in rounds.steps {
            #expect(step.columns.isEmpty)
        }
    }
}
