import Kernels
import Measurement
import Networks
import Results
import Suites
import Workloads

/// A network to verify and to time layer by layer.
package struct ProfileTask: Codable, Sendable {
    /// Of the case: whole, with one implementation.
    package var name: String
    package var seed: UInt64
    package var sampling: SamplingOptions
    /// The case has one thread: the process keeps the processor on which it began.
    package var staysOnOneProcessor = false

    package init(name: String, seed: UInt64, sampling: SamplingOptions) {
        self.name = name
        self.seed = seed
        self.sampling = sampling
    }
}

/// All that a worker learns of the layers of a case.
package struct Profiled: Codable, Sendable {
    package var answer: Answer
    package var preparation: Preparation
    /// A step a layer.
    package var rounds: Rounds
}

/// One case in this process, layer by layer: verified like any other, then timed with and without the clock between
/// layers.
struct ProfileMeasurement {
    let item: Case
    let task: ProfileTask
    /// Told what begins, so that whoever waits knows what a crash interrupted.
    let stage: (String) throws -> Void

    func run() throws -> WorkerMessage {
        if let reason = item.unsupported { return .failed(Failure(.unsupported, reason), nil) }
        let clock = MonotonicClock()
        let ready: ReadyCase
        switch try ReadyCase.make(item, seed: task.seed, clock: clock, stage: stage) {
        case .ready(let made): ready = made
        case .failed(let failure, let answer): return .failed(failure, answer)
        }
        try stage("sampling")
        let layers = (ready.prepared as? PreparedNetwork)?.layers ?? [ready.prepared]
        let sampler = try RoundSampler(task.sampling, clock: clock, probes: ProcessProbes.current)
        let rounds = sampler.sample(steps: layers.count) { layers[$0].run() }
        return .profiled(Profiled(answer: ready.answer, preparation: ready.preparation, rounds: rounds))
    }
}
