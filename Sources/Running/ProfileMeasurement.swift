import Kernels
import Measurement
import Networks
import Results
import Suites
import Workers
import Workloads

/// One case in this process, layer by layer: verified like any other, then timed with and without the clock between
/// layers.
struct ProfileMeasurement {
    let item: Case
    let task: ProfileTask
    /// Told what begins, so that whoever waits knows what a crash interrupted.
    let stage: (String) throws -> Void

    func run() throws -> WorkerMessage {
        let clock = MonotonicClock()
        let ready = try ReadyCase(item, seed: task.seed, clock: clock, stage: stage)
        let answer = try ready.verify()
        try stage("sampling")
        let layers = (ready.prepared as? PreparedNetwork)?.layers ?? [ready.prepared]
        let sampler = try RoundSampler(task.sampling, clock: clock, probes: ProcessProbes.current)
        let rounds = sampler.sample(steps: layers.count) { layers[$0].run() }
        return .profiled(Profiled(answer: answer, preparation: ready.preparation, rounds: rounds))
    }
}
