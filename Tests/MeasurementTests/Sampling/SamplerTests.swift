import Glibc
import Measurement
import Results
import Statistics
import Testing

@Suite struct SamplerTests {
    /// Samples a body of so many nanoseconds, given the number of the call.
    private func sample(
        _ options: SamplingOptions = SamplingOptions(), clock: SimulatedClock = SimulatedClock(),
        probes: Probes = .simulated(), _ duration: (Int) -> Double
    ) throws -> Samples {
        let sampler = try Sampler(options, clock: clock, probes: probes)
        return sampler.sample { clock.move(by: duration(clock.moves)) }
    }

    private func halfWidth(_ samples: Samples) throws -> Double {
        let quantiles = try #require(Quantiles(samples.seconds))
        return try #require(MedianInterval(quantiles)).relativeHalfWidth
    }

    @Test func stopsWhenTheIntervalIsNarrow() throws {
        var noise = Noise(seed: 1)
        let samples = try sample { _ in 50_000 * (1 + 0.03 * noise.normal()) }
        #expect(samples.stop == .precision)
        #expect((20..<1000).contains(samples.seconds.count))
        #expect(try halfWidth(samples) <= 0.01)
        #expect(abs(try #require(Quantiles(samples.seconds)).median - 50e-6) < 1e-6)
    }

    @Test func steadyBodyNeedsTheLeastSamples() throws {
        let samples = try sample { _ in 50_000 }
        #expect(samples.stop == .precision)
        #expect(samples.seconds == Array(repeating: 50e-6, count: 20))
        #expect(samples.calls == 1)
        #expect(abs(samples.elapsed - 20 * 50e-6) < 1e-12)
        #expect(samples.resolution == 20e-9)
        #expect(samples.sets == 1)
    }

    @Test func stopsWhereNoiseDoesNotShrink() throws {
        var noise = Noise(seed: 2)
        let samples = try sample { _ in (noise.uniform() < 0.5 ? 50_000 : 60_000) + 100 * noise.normal() }
        #expect(samples.stop == .noise)
        #expect((64..<1000).contains(samples.seconds.count))
    }

    /// The escape must leave noise alone that more samples do overcome.
    @Test func independentNoiseSeldomLooksStable() throws {
        var stops: [Samples.Stop: Int] = [:]
        for seed in 0..<100 {
            var noise = Noise(seed: UInt64(seed))
            let samples = try sample { _ in 50_000 * (1 + 0.05 * noise.normal()) }
            stops[samples.stop, default: 0] += 1
        }
        #expect(stops[.noise, default: 0] <= 10, "\(stops)")
        #expect(stops[.precision, default: 0] >= 90, "\(stops)")
    }

    @Test func driftEnds() throws {
        let samples = try sample { 50_000 * pow(1.01, Double($0)) }
        #expect(samples.stop == .noise)
    }

    @Test func timeLimitCutsTheFloor() throws {
        let long = try sample { _ in 2e9 }
        #expect(long.seconds == [2, 2])
        #expect(long.stop == .time)
        #expect((long.calls, long.warmupCalls) == (1, 1))
        let longer = try sample { _ in 10e9 }
        #expect(longer.seconds == [10])
        #expect(longer.stop == .time)
    }

    @Test func timeLimitCutsNoise() throws {
        var noise = Noise(seed: 3)
        let samples = try sample { _ in 20e6 * (1 + 0.5 * noise.uniform()) }
        #expect(samples.stop == .time)
        #expect(samples.elapsed >= 3 && samples.elapsed < 3.03)
        #expect(samples.seconds.count >= 100)
    }

    @Test func mostSamples() throws {
        var noise = Noise(seed: 4)
        let options = SamplingOptions.with { ($0.maximumSamples, $0.precision) = (37, 0.0001) }
        let samples = try sample(options) { _ in 50_000 * (1 + 0.1 * noise.normal()) }
        #expect(samples.stop == .count)
        #expect(samples.seconds.count == 37)
    }

    @Test(arguments: [1, 7, 300]) func exactSamples(count: Int) throws {
        let samples = try sample(.with { $0.samples = count }) { _ in 100e6 }
        #expect(samples.seconds.count == count)
        #expect(samples.stop == .count)
    }

    @Test func forcedCalls() throws {
        let clock = SimulatedClock()
        let samples = try sample(.with { $0.calls = 13 }, clock: clock) { _ in 10 }
        #expect(samples.calls == 13)
        #expect(samples.seconds.allSatisfy { abs($0 - 10e-9) < 1e-15 })
        #expect(clock.moves == samples.warmupCalls + 13 * samples.seconds.count)
    }

    @Test(arguments: [(20, 20_000.0), (1000, 1_000_000.0)])
    func batchesLastLongEnough(resolution: UInt64, target: Double) throws {
        let clock = SimulatedClock(resolution: resolution)
        let samples = try sample(clock: clock) { _ in 130 }
        #expect(Double(samples.calls) * 130 >= target)
        #expect(Double(samples.calls) * 130 < 2 * target)
        #expect(clock.moves == samples.warmupCalls + samples.calls * samples.seconds.count)
    }

    @Test func slowStartIsLeftOut() throws {
        let samples = try sample { 50_000 * (1 + 9 * exp(-Double($0) / 20)) }
        #expect(try #require(samples.seconds.max()) < 55e-6)
        #expect(samples.warmupCalls > 20)
    }

    /// The first call, slow beyond the whole time for warming up, must not fix the number of calls.
    @Test func oneSlowFirstCallDoesNotSetTheBatch() throws {
        let samples = try sample { $0 == 0 ? 1e9 : 100 }
        #expect(samples.calls >= 200)
        #expect(samples.seconds.allSatisfy { abs($0 - 100e-9) < 1e-12 })
    }

    @Test func endlessWarmupIsCutShort() throws {
        let samples = try sample(.with { $0.timeLimit = 1 }) { $0 % 100 < 50 ? 1e6 : 2e6 }
        #expect(samples.warmupCalls <= 202)
        #expect(!samples.seconds.isEmpty)
    }

    @Test func clockThatStandsStill() throws {
        let samples = try sample { _ in 0 }
        #expect(samples.seconds == Array(repeating: 0, count: samples.seconds.count))
        #expect(samples.seconds.count == 20)
        #expect(samples[.cpuShare].allSatisfy { $0 == 0 })
    }

    @Test(arguments: [false, true]) func columnsAreOfOneLength(throttling: Bool) throws {
        let samples = try sample(probes: .simulated(throttling: throttling)) { _ in 50_000 }
        let count = samples.seconds.count
        #expect(samples[.cpuShare] == Array(repeating: 0.5, count: count))
        #expect(samples[.involuntarySwitches] == Array(repeating: 1, count: count))
        #expect(samples[.minorFaults] == Array(repeating: 2, count: count))
        #expect(samples[.majorFaults] == Array(repeating: 3, count: count))
        #expect(samples[.throttled] == Array(repeating: 4, count: throttling ? count : 0))
    }

    @Test func setsAreUsedInTurn() throws {
        let clock = SimulatedClock()
        var used: [Int] = []
        let sampler = try Sampler(.with { $0.samples = 5 }, clock: clock, probes: .simulated())
        let samples = sampler.sample(rotating: 3) { set in
            used.append(set)
            clock.move(by: 7000)
        }
        #expect(samples.sets == 3)
        #expect(used == (0..<used.count).map { $0 % 3 })
    }

    @Test func realClockAndProbes() throws {
        let clock = MonotonicClock()
        #expect(clock.resolution >= 1)
        let probes = Probes()
        let sampler = try Sampler(.with { $0.timeLimit = 0.05 }, clock: clock, probes: probes)
        var sum = 0.0
        let samples = sampler.sample { sum += 1 }
        #expect(sum == Double(samples.warmupCalls + samples.calls * samples.seconds.count))
        #expect(samples[.throttled].isEmpty)
        #expect(samples[.cpuShare].count == samples.seconds.count)
        #expect(samples.seconds.allSatisfy { $0 > 0 })
    }
}
