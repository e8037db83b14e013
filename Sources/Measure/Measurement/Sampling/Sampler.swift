import Results
import Statistics

/// Takes samples of a body until a stopping rule is met.
///
/// A sample is a batch of calls, the same number for all samples, that lasts at least 1000 times the clock's resolution
/// and 20 us, so that reading the clock does not matter. First the body is warmed up, which also finds the number of
/// calls (see `Warmup`); those calls are counted but not kept. Then samples are taken until a `StoppingRule` is met. At
/// least one sample is always taken. Samples are never dropped.
///
/// A sample does not allocate: its columns are reserved in advance; only the checks of the interval, some dozens in
/// all, sort a copy between samples. Generic over the clock, to avoid dynamic dispatch while sampling.
package struct Sampler<Time: Clock> {
    package let options: SamplingOptions
    private let clock: Time
    private let probes: Probes
    /// The minimum duration of a sample in nanoseconds.
    private let target: UInt64

    /// Throws if the options are not valid.
    package init(_ options: SamplingOptions, clock: Time, probes: Probes) throws(SamplingOptions.Invalid) {
        try options.validate()
        self.options = options
        self.clock = clock
        self.probes = probes
        target = max(1000 * clock.resolution, 20_000)
    }

    /// Samples a body whose operands stay in the caches.
    package func sample(_ body: () -> Void) -> Samples {
        run(sets: 1) { calls in
            for _ in 0..<calls { body() }
        }
    }

    /// Samples a body that gets its sets of operands in turn, one call per set: see `Rotation`.
    package func sample(rotating sets: Int, _ body: (_ set: Int) -> Void) -> Samples {
        precondition(sets >= 1)
        var set = 0
        return run(sets: sets) { calls in
            for _ in 0..<calls {
                body(set)
                set = set + 1 == sets ? 0 : set + 1
            }
        }
    }

    /// Samples a body that makes a given number of calls at once.
    package func sample(batch: (_ calls: Int) -> Void) -> Samples { run(sets: 1, batch) }

    @specialized(where Time == MonotonicClock)
    private func run(sets: Int, _ batch: (_ calls: Int) -> Void) -> Samples {
        var samples = Samples(calls: options.calls ?? 1, resolution: Double(clock.resolution) / 1e9, sets: sets)
        samples.reserve(options.capacity, for: probes)
        var rules = options.rules
        var checks = Checkpoints(options)
        warmUp(&samples, batch)
        var start = clock.now()
        while true {
            probes.begin()
            let begun = clock.now()
            batch(samples.calls)
            let duration = clock.since(begun)
            probes.end()
            if samples.seconds.isEmpty, duration < target / 2, mayGrow(samples.calls) {
                // A slow first call used up the warm-up time, and was not typical of the calls that follow.
                samples.warmupCalls += samples.calls
                warmUp(&samples, batch)
                start = clock.now()
                continue
            }
            samples.append(duration, probes)
            samples.elapsed = Double(clock.since(start)) / 1e9
            let count = samples.seconds.count
            let interval = checks.isDue(count) ? Quantiles(samples.seconds).flatMap { MedianInterval($0) } : nil
            let progress = SamplingProgress(count: count, elapsed: samples.elapsed, interval: interval)
            for i in rules.indices where rules[i].isMet(by: progress) {
                samples.stop = rules[i].reason
                return samples
            }
        }
    }

    /// Calls the body until it is warm and a batch lasts long enough, or the time is over.
    private func warmUp(_ samples: inout Samples, _ batch: (_ calls: Int) -> Void) {
        let allowed = UInt64(options.timeLimit * options.warmupLimit * 1e9)
        let start = clock.now()
        var warmup = Warmup()
        while true {
            let begun = clock.now()
            batch(samples.calls)
            let duration = clock.since(begun)
            samples.warmupCalls += samples.calls
            if duration < target, mayGrow(samples.calls) {
                samples.calls *= 2
                warmup = Warmup()
                continue
            }
            warmup.add(duration)
            if warmup.isOver || clock.since(start) >= allowed { return }
        }
    }

    /// Whether a batch may be doubled: not if the number of calls is fixed, nor if each call would have taken less than
    /// a quarter of a nanosecond, which is impossible (a clock that stands still).
    private func mayGrow(_ calls: Int) -> Bool { options.calls == nil && UInt64(calls) < 4 * target }
}

extension Samples {
    mutating func reserve(_ count: Int, for probes: Probes) {
        seconds.reserveCapacity(count)
        for counter in probes.counters { columns[counter.name, default: []].reserveCapacity(count) }
    }

    /// Adds a sample of this duration in nanoseconds, with its counters.
    mutating func append(_ duration: UInt64, _ probes: Probes) {
        seconds.append(Double(duration) / 1e9 / Double(calls))
        probes.forEachCount(nanoseconds: duration) { columns[$0, default: []].append($1) }
    }
}
