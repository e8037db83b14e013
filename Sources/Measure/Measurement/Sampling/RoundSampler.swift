import Results

/// Measures the share of a round that each of its steps takes.
///
/// Rounds with the clock read between steps alternate with rounds without, so that disturbances affect both, and the
/// sum of the steps can be compared with the time of an undivided round.
package struct RoundSampler<Time: Clock> {
    package let options: SamplingOptions
    private let clock: Time
    private let probes: Probes

    /// More rounds do not improve the medians of steps, and make run files large.
    package static var mostRounds: Int { 250 }

    /// Throws if the options are not valid.
    package init(_ options: SamplingOptions, clock: Time, probes: Probes) throws(SamplingOptions.Invalid) {
        try options.validate()
        self.options = options
        self.clock = clock
        self.probes = probes
    }

    /// Runs the steps round after round until the time is over or there are enough rounds of both kinds; at least one
    /// of each.
    package func sample(steps count: Int, _ step: (_ index: Int) -> Void) -> Rounds {
        let most = options.samples ?? Self.mostRounds
        var whole = Samples(calls: 1, resolution: Double(clock.resolution) / 1e9)
        // Counters are read once per round, not per step, so only whole rounds have them.
        var steps = Array(repeating: whole, count: count)
        whole.reserve(most, for: probes)
        for index in steps.indices { steps[index].seconds.reserveCapacity(most) }
        let warmed = warmUp(steps: count, step)
        let reading = leastReading()
        var ends = [UInt64](repeating: 0, count: count + 1)
        let start = clock.now()
        var stop = Samples.Stop.count
        while whole.seconds.count < most {
            probes.begin()
            let begun = clock.now()
            for index in 0..<count { step(index) }
            let duration = clock.since(begun)
            probes.end()
            whole.append(duration, probes)

            ends[0] = clock.now()
            for index in 0..<count {
                step(index)
                ends[index + 1] = clock.now()
            }
            for index in 0..<count {
                let duration = ends[index + 1] &- ends[index]
                steps[index].seconds.append(Double(duration - min(duration, reading)) / 1e9)
            }
            if options.samples == nil, Double(clock.since(start)) / 1e9 >= options.timeLimit {
                stop = .time
                break
            }
        }
        let elapsed = Double(clock.since(start)) / 1e9
        func finish(_ samples: inout Samples) {
            samples.warmupCalls = warmed
            samples.elapsed = elapsed
            samples.stop = stop
        }
        finish(&whole)
        for index in steps.indices { finish(&steps[index]) }
        return Rounds(whole: whole, steps: steps)
    }

    /// Nanoseconds that reading the clock takes; subtracted from each step.
    private func leastReading() -> UInt64 {
        var least = UInt64.max
        var last = clock.now()
        for _ in 0..<1000 {
            let next = clock.now()
            least = min(least, next - last)
            last = next
        }
        return least
    }

    /// Runs rounds that are not kept, until two windows agree or a share of the time is over. Returns their number.
    private func warmUp(steps count: Int, _ step: (_ index: Int) -> Void) -> Int {
        let allowed = UInt64(options.timeLimit * options.warmupLimit * 1e9)
        let start = clock.now()
        var warmup = Warmup()
        var rounds = 0
        repeat {
            let begun = clock.now()
            for index in 0..<count { step(index) }
            warmup.add(clock.since(begun))
            rounds += 1
        } while !warmup.isOver && clock.since(start) < allowed
        return rounds
    }
}
