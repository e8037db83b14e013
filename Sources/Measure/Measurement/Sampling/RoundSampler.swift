import Results

/// Tells what share of a round each of its steps takes.
///
/// Rounds with the clock read between the steps and rounds without take turns, so that whatever disturbs the machine
/// disturbs both, and the sum of the steps can be held against the time of a round that nobody looked into.
package struct RoundSampler<Time: Clock> {
    package let options: SamplingOptions
    private let clock: Time
    private let probes: Probes

    /// More rounds make the medians of steps no better, and run files large.
    package static var mostRounds: Int { 250 }

    /// Throws where the options are not valid.
    package init(_ options: SamplingOptions, clock: Time, probes: Probes) throws(SamplingOptions.Invalid) {
        try options.validate()
        self.options = options
        self.clock = clock
        self.probes = probes
    }

    /// Runs so many steps round after round until the time is over or there are enough rounds of both kinds; at least one
    /// of each.
    package func sample(steps count: Int, _ step: (_ index: Int) -> Void) -> Rounds {
        let most = options.samples ?? Self.mostRounds
        var whole = Samples(calls: 1, resolution: Double(clock.resolution) / 1e9)
        // Of what is read beside the clock no step has a share of its own: it is told of rounds alone.
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

    /// Nanoseconds that reading the clock takes: what a step is charged with and has not done.
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

    /// Rounds that are not kept, until two windows of them agree or a share of the time is over. Returns how many.
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
