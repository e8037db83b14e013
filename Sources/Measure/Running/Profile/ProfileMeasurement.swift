import Kernels
import Measurement
import Results
import Workers
import Workloads

/// Measures one case in this process, layer by layer: verified as usual, then timed with and without the clock between
/// layers.
struct ProfileMeasurement {
    let item: Case
    let task: ProfileTask
    /// Called at the start of each stage, so that the waiting process knows what a crash interrupted.
    let stage: (String) throws -> Void

    func run() throws -> WorkerMessage {
        let clock = MonotonicClock()
        let ready = try ReadyCase(item, seed: task.seed, weights: task.weights, clock: clock, stage: stage)
        var verified = try ready.verify(known: task.known, references: task.references)
        ready.reset()
        ready.spoil()
        try stage("sampling")
        let layers = ProfiledLayer.all(of: ready)
        let sampler = try RoundSampler(task.sampling, clock: clock, probes: Probes.current)
        let rounds = sampler.sample(steps: layers.count) { layers[$0].step.run() }
        try stage("verifying again")
        verified.answer = try ready.verifyAgain(verified)
        return .profiled(
            Profiled(
                answer: verified.answer, preparation: ready.preparation, whole: rounds.whole,
                layers: zip(layers, rounds.steps).map { $0.timed($1) }, outputs: verified.fingerprint,
                plan: ready.plan))
    }
}
