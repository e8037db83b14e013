import Kernels
import Measurement
import Results
import Suites
import Tensors
import Workloads

/// A case in this process that can be timed: operands filled, implementation prepared, run once.
struct ReadyCase {
    let item: Case
    let operands: Operands
    let prepared: any Prepared
    let preparation: Preparation
    /// Told what begins, so that whoever waits knows what a crash interrupted.
    private let stage: (String) throws -> Void

    /// Allocates, fills, prepares and runs once.
    init(_ item: Case, seed: UInt64, clock: MonotonicClock, stage: @escaping (String) throws -> Void) throws {
        let (workload, implementation) = (item.workload, item.implementation)
        try stage("allocating operands")
        operands = try Operands(allocating: workload.operands)
        try stage("filling operands")
        try workload.fill(operands, seed: seed)

        try stage("preparing '\(implementation.name)'")
        let start = clock.now()
        prepared = try implementation.prepare(operands, item.threads)
        preparation = Preparation(
            seconds: Double(clock.since(start)) * 1e-9, packedBytes: implementation.packedBytes,
            workspaceBytes: implementation.workspaceBytes(threads: item.threads),
            activationBytes: implementation.activationBytes)

        try stage("running '\(implementation.name)' for the first time")
        // What an implementation leaves unwritten must not pass for an answer.
        for output in workload.operands where output.role == .output { operands[output.name].fill { _ in .nan } }
        prepared.run()
        self.item = item
        self.stage = stage
    }

    /// Compares what was computed with the reference, output by output; throws a `Disagreement` where it is wrong. The
    /// reference's memory is gone when it returns.
    func verify() throws -> Answer {
        let workload = item.workload
        try stage("computing the reference")
        let expected = try operands.withFreshOutputs(of: workload.operands)
        try workload.reference(expected)
        try stage("verifying")
        let deviation = workload.deviation(
            of: operands, from: expected, errorGrowth: item.implementation.errorGrowth)
        // An output without elements is right.
        guard let deviation else {
            let tolerance = Tolerance(reductionLength: workload.reductionLength).bound
            return Answer(error: 0, tolerance: tolerance, reductionLength: workload.reductionLength)
        }
        let answer = Answer(
            error: deviation.error, tolerance: deviation.tolerance, reductionLength: deviation.reductionLength)
        guard deviation.isTolerable else { throw Disagreement(message: "\(deviation)", answer: answer) }
        return answer
    }

    /// Of the bits of all outputs as they are now.
    var outputFingerprint: UInt64 {
        item.workload.operands.filter { $0.role == .output }.reduce(Fingerprint.of([])) { hash, output in
            let tensor = operands[output.name]
            return UnsafeBufferPointer(start: tensor.floats, count: tensor.count).reduce(hash) {
                Fingerprint.adding($1.bitPattern, to: $0)
            }
        }
    }
}

/// An answer that is wrong, and where.
struct Disagreement: Error {
    let message: String
    let answer: Answer
}
