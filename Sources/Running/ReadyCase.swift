import Kernels
import Measurement
import Results
import Suites
import Tensors
import Workloads

/// A case in this process that can be timed: operands filled, implementation prepared, answer compared with the
/// reference.
struct ReadyCase {
    let operands: Operands
    let prepared: any Prepared
    let preparation: Preparation
    let answer: Answer

    enum Outcome {
        case ready(ReadyCase)
        /// The answer is wrong.
        case failed(Failure, Answer)
    }

    /// Allocates, fills, prepares, runs once, and verifies. The reference's memory is gone when it returns.
    static func make(
        _ item: Case, seed: UInt64, clock: MonotonicClock, stage: (String) throws -> Void
    ) throws -> Outcome {
        let (workload, implementation) = (item.workload, item.implementation)
        try stage("allocating operands")
        let operands = try Operands(allocating: workload.operands)
        try stage("filling operands")
        try workload.fill(operands, seed: seed)

        try stage("preparing '\(implementation.name)'")
        let start = clock.now()
        let prepared = try implementation.prepare(operands, item.threads)
        let preparation = Preparation(
            seconds: Double(clock.since(start)) * 1e-9, packedBytes: implementation.packedBytes,
            workspaceBytes: implementation.workspaceBytes(threads: item.threads),
            activationBytes: implementation.activationBytes)

        try stage("running '\(implementation.name)' for the first time")
        // What an implementation leaves unwritten must not pass for an answer.
        for output in workload.operands where output.role == .output { operands[output.name].fill { _ in .nan } }
        prepared.run()
        let (answer, disagreement) = try verify(item, operands, stage: stage)
        guard answer.error <= answer.tolerance else { return .failed(Failure(.disagrees, disagreement), answer) }
        return .ready(
            ReadyCase(operands: operands, prepared: prepared, preparation: preparation, answer: answer))
    }

    /// Compares what was computed with the reference, output by output.
    private static func verify(
        _ item: Case, _ operands: Operands, stage: (String) throws -> Void
    ) throws -> (answer: Answer, disagreement: String) {
        let workload = item.workload
        try stage("computing the reference")
        let expected = try operands.withFreshOutputs(of: workload.operands)
        try workload.reference(expected)
        try stage("verifying")
        let growth = item.implementation.errorGrowth
        let tolerance = Tolerance(reductionLength: workload.reductionLength, errorGrowth: growth).bound
        var (worst, text) = (0.0, "")
        for output in workload.operands where output.role == .output {
            let (answer, reference) = (operands[output.name], expected[output.name])
            let (error, index) = Tolerance.error(of: answer, against: reference)
            guard error > worst else { continue }
            worst = error
            text =
                "\(output.name)[\(index)] is \(answer.floats[index]), the reference \(reference.floats[index]): "
                + "error \(error), tolerance \(tolerance)"
        }
        return (
            Answer(error: worst, tolerance: tolerance, reductionLength: workload.reductionLength), text
        )
    }
}
