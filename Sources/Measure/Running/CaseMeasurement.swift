import Foundation
import Kernels
import Measurement
import Results
import Workers
import Workloads

/// Measures one case in this process: allocate, fill, prepare, **verify, then time**, then check the answer again.
struct CaseMeasurement {
    let item: Case
    let task: MeasureTask
    /// Called at the start of each stage, so that the waiting process knows what a crash interrupted.
    let stage: (String) throws -> Void

    func run() throws -> WorkerMessage {
        ResidentMemory.trim()
        let baseline = ResidentMemory.current ?? 0
        let clock = MonotonicClock()
        let ready = try ReadyCase(item, seed: task.seed, weights: task.weights, clock: clock, stage: stage)
        var verified = try ready.verify(known: task.known, references: task.references)

        // From here on, output of an earlier run must not pass for an answer.
        ready.spoil()
        // Count on this run, since the first one may have set up something permanent.
        let allocations = AllocationCount.during { ready.prepared.run() }

        // The reference's memory is free now, so the peak that follows is the implementation's own.
        ResidentMemory.trim()
        let verifyingPeak = ResidentMemory.peak ?? 0
        _ = ResidentMemory.resetPeak()
        var sets = [ready]
        let elsewhere = ready.prepared as? any TimedElsewhere
        if elsewhere != nil, task.coldBeyond != nil {
            return .failed(Failure(.unsupported, "the operands of another program cannot be rotated"), nil)
        }
        if let cache = task.coldBeyond {
            try stage("rotating operands")
            guard let others = try colderSets(like: ready, cache: cache) else {
                return .failed(Failure(.unsupported, "its operands are too small to be rotated out of the caches"), nil)
            }
            sets += others
        }
        try stage("sampling")
        for set in sets { set.reset() }
        let samples =
            try elsewhere?.sample(task.sampling)
            ?? Self.sample(sets.map(\.prepared), options: task.sampling, clock: clock)
        let peak = ResidentMemory.peak ?? 0

        try stage("verifying again")
        for set in sets { verified.answer = try set.verifyAgain(verified) }
        let own = Memory(
            baseline: baseline, peak: peak, allocations: allocations,
            wholePeak: max(verifyingPeak, ResidentMemory.peak ?? 0))
        return .measured(
            Measured(
                answer: verified.answer, preparation: elsewhere?.readiness.preparation ?? ready.preparation,
                samples: samples, memory: elsewhere?.readiness.memory ?? own,
                outputs: verified.fingerprint, plan: ready.plan))
    }

    // MARK: Timing

    /// More sets are not worth their memory: operands this small never leave the caches for long.
    static let mostSets = 4096

    /// Copies of a case, enough that a round over all leaves nothing in the cache; nil if that takes too many.
    private func colderSets(like first: ReadyCase, cache: Int) throws -> [ReadyCase]? {
        let count = Rotation.setsNeeded(bytesPerSet: item.bytesPerSet, lastLevelCache: cache)
        guard count <= Self.mostSets else { return nil }
        return try (1..<count).map { _ in try first.copied() }
    }

    /// Samples in place, or each set in turn. The timed loop calls through one existential for all implementations.
    static func sample(_ sets: [any Prepared], options: SamplingOptions, clock: MonotonicClock) throws -> Samples {
        let sampler = try Sampler(options, clock: clock, probes: Probes.current)
        guard sets.count > 1 else {
            let only = sets[0]
            return sampler.sample { only.run() }
        }
        return sampler.sample(rotating: sets.count) { sets[$0].run() }
    }
}
