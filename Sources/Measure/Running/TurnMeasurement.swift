import Measurement
import Results
import Settings
import Statistics
import Workers
import Workloads

/// Prepares one case in this process, then times it turn by turn on request.
struct TurnMeasurement {
    let item: Case
    let task: TurnsTask
    let send: (WorkerMessage) throws -> Void

    /// The minimum seconds and number of warm-up calls.
    private static let (warmSeconds, leastCalls) = (0.01, 3)

    func serve(next: () -> TurnRequest?) throws {
        ResidentMemory.trim()
        let baseline = ResidentMemory.current ?? 0
        let clock = MonotonicClock()
        let ready = try ReadyCase(item, seed: task.seed, clock: clock) { try send(.stage($0)) }
        // If another process verifies the answer, this one only reports what it computed.
        var verified = try task.verifies ? ready.verify() : ready.unverified()
        ready.spoil()
        let prepared = ready.prepared
        let allocations = AllocationCount.during { prepared.run() }
        ResidentMemory.trim()
        let verifyingPeak = ResidentMemory.peak ?? 0
        _ = ResidentMemory.resetPeak()
        try send(.stage("warming up"))
        let elsewhere = prepared as? any TimedElsewhere
        let callSeconds = elsewhere?.readiness.callSeconds ?? warmUp(prepared, clock: clock)
        let burden = task.slowdown > 0 ? Burden(seconds: task.slowdown * callSeconds, clock: clock) : nil
        let peak = ResidentMemory.peak ?? 0
        verified.answer = try ready.verifyAgain(verified)
        let memory = Memory(
            baseline: baseline, peak: peak, allocations: allocations,
            wholePeak: max(verifyingPeak, ResidentMemory.peak ?? 0))
        try send(
            .ready(
                Readiness(
                    answer: task.verifies ? verified.answer : nil, outputs: verified.fingerprint,
                    preparation: ready.preparation, memory: memory,
                    callSeconds: callSeconds,
                    hotCode: task.watchesCode ? watch(ready) : nil)))
        ready.reset()
        let probes = Probes.current
        while let request = next() {
            let turn =
                try elsewhere?.take(request) ?? take(request, prepared, burden, clock: clock, probes: probes)
            try send(.turn(turn))
        }
        _ = try ready.verifyAgain(verified)
    }

    private func watch(_ ready: ReadyCase) -> HotCode {
        CodeSamples.ofCase(
            prepare: { _ = try item.implementation.prepare(ready.operands, item.setting) },
            run: { ready.prepared.run() })
    }

    /// The median seconds per call. Calls too short for the clock are timed in batches.
    private func warmUp(_ prepared: any Prepared, clock: MonotonicClock) -> Double {
        var (seconds, calls): ([Double], Int) = ([], 1)
        let start = clock.now()
        while seconds.count < Self.leastCalls || Double(clock.since(start)) * 1e-9 < Self.warmSeconds {
            let begun = clock.now()
            for _ in 0..<calls { prepared.run() }
            let duration = clock.since(begun)
            if duration < 20 * clock.resolution, calls < 1 << 20 {
                calls *= 2
                seconds = []
            } else {
                seconds.append(Double(duration) * 1e-9 / Double(calls))
            }
        }
        return Quantiles(seconds)?.median ?? 0
    }

    private func take(
        _ request: TurnRequest, _ prepared: any Prepared, _ burden: Burden?, clock: MonotonicClock,
        probes: Probes
    ) -> Turn {
        for _ in 0..<request.warmup { prepared.run() }
        probes.begin()
        let begun = clock.now()
        for _ in 0..<request.calls { prepared.run() }
        burden?.carry(calls: request.calls)
        let duration = clock.since(begun)
        probes.end()
        var turn = Turn(seconds: Double(duration) / 1e9 / Double(max(request.calls, 1)))
        probes.forEachCount(nanoseconds: duration) { turn.counts[$0] = $1 }
        return turn
    }
}
