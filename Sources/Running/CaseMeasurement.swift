import Foundation
import Kernels
import Measurement
import Results
import Suites
import Tensors
import Workers
import Workloads

/// One case in this process: allocate, fill, compute the reference, prepare, **verify, then time**.
struct CaseMeasurement {
    let item: Case
    let task: MeasureTask
    /// Told what begins, so that whoever waits knows what a crash interrupted.
    let stage: (String) throws -> Void

    func run() throws -> WorkerMessage {
        let baseline = ResidentMemory.current ?? 0
        let clock = MonotonicClock()
        let ready = try ReadyCase(item, seed: task.seed, clock: clock, stage: stage)
        let answer = try ready.verify()
        let prepared = ready.prepared

        // The first run may have had something to set up for good.
        let allocations = AllocationCount.during { prepared.run() }

        // The reference's memory is gone: from here on the peak is the implementation's own.
        _ = ResidentMemory.resetPeak()
        var sets = [prepared]
        if let cache = task.coldBeyond {
            try stage("rotating operands")
            guard let others = try colderSets(like: ready.operands, cache: cache) else {
                return .failed(Failure(.unsupported, "its operands are too small to be rotated out of the caches"), nil)
            }
            sets += others
        }
        try stage("sampling")
        let samples = try Self.sample(sets, options: task.sampling, clock: clock)
        let memory = Memory(baseline: baseline, peak: ResidentMemory.peak ?? 0, allocations: allocations)
        return .measured(
            Measured(answer: answer, preparation: ready.preparation, samples: samples, memory: memory))
    }

    // MARK: Timing

    /// More sets than this are not worth their memory: a set so small never leaves the caches for long.
    static let mostSets = 4096

    /// Copies of the operands, each prepared, so many that a round over all leaves nothing in the cache; nil where
    /// that would take too many.
    private func colderSets(like first: Operands, cache: Int) throws -> [any Prepared]? {
        let count = Rotation.setsNeeded(bytesPerSet: item.bytesPerSet, lastLevelCache: cache)
        guard count <= Self.mostSets else { return nil }
        return try (1..<count).map { _ in
            let operands = try Operands(allocating: item.workload.operands)
            for operand in item.workload.operands { operands[operand.name].copy(from: first[operand.name]) }
            let prepared = try item.implementation.prepare(operands, item.threads)
            prepared.run()
            return prepared
        }
    }

    /// Samples in place, or each set in turn. The timed loop calls through one existential, for all implementations alike.
    static func sample(_ sets: [any Prepared], options: SamplingOptions, clock: MonotonicClock) throws -> Samples {
        let sampler = try Sampler(options, clock: clock, probes: ProcessProbes.current)
        guard sets.count > 1 else {
            let only = sets[0]
            return sampler.sample { only.run() }
        }
        return sampler.sample(rotating: sets.count) { sets[$0].run() }
    }
}
