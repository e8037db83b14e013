import Foundation
import Platform
import Results
import Settings
import Workers
import Workloads

/// The outcome of measuring one case, before it becomes a record.
package struct Attempt: Sendable {
    package var failure: Failure?
    package var answer: Answer?
    package var measured: Measured?
    package var usage: ProcessUsage?
    /// The user wants to stop: nothing is recorded.
    package var interrupted = false

    package init(failure: Failure? = nil, answer: Answer? = nil, measured: Measured? = nil, usage: ProcessUsage? = nil)
    {
        self.failure = failure
        self.answer = answer
        self.measured = measured
        self.usage = usage
    }
}

/// Measures a case: in a separate process, or as a stand-in in tests.
package protocol CaseExecutor: Sendable {
    func execute(_ item: Case, interrupted: () -> Bool) throws -> Attempt
}

/// Measures each case in a fresh process of this program, so that a crash, a timeout or running out of memory costs
/// only one case, and no case inherits another's heap.
package struct ProcessExecutor: CaseExecutor {
    let executable: String
    let sampling: SamplingOptions
    let coldBeyond: Int?
    let pinsThreads: Bool
    /// The time limit of a case in seconds.
    let timeout: Double
    /// The answers verified before; nil to verify everything.
    let answers: AnswerCache?
    /// The folder of the weights; nil to draw them.
    let weights: String?

    package init(
        executable: String, sampling: SamplingOptions, coldBeyond: Int?, pinsThreads: Bool = false, timeout: Double,
        answers: AnswerCache? = nil, weights: String? = nil
    ) {
        self.answers = answers
        self.weights = weights
        self.executable = executable
        self.sampling = sampling
        self.coldBeyond = coldBeyond
        self.pinsThreads = pinsThreads
        self.timeout = timeout
    }

    /// The seed of every operand. Its value does not matter, but it must never change.
    package static let seed: UInt64 = 1

    package func execute(_ item: Case, interrupted: () -> Bool) throws -> Attempt {
        var task = MeasureTask(name: item.name, seed: Self.seed, sampling: sampling, coldBeyond: coldBeyond)
        task.staysOnOneProcessor = item.threads == 1
        task.pinsThreads = pinsThreads && item.threads > 1
        task.known = answers?.known(item.name, seed: Self.seed)
        task.references = answers?.references
        task.weights = weights
        let worker = Worker(executable: executable, threads: item.threads)
        let reply = try worker.ask(.measure(task), timeLimit: timeout, interrupted: interrupted)
        var outcome = Attempt(usage: reply.usage)
        switch (reply.end, reply.result) {
        case (.interrupted, _): outcome.interrupted = true
        case (.timeout, _):
            outcome.failure = Failure(
                .timeout, "took longer than \(String(format: "%g", timeout)) s while \(reply.stage)")
        case (.exit(0), .measured(let measured)):
            outcome.answer = measured.answer
            outcome.measured = measured
            answers?.keep(measured.answer, outputs: measured.outputs, of: item.name, seed: Self.seed)
        case (.exit, .failed(let failure, let answer)):
            outcome.failure = failure
            outcome.answer = answer
        default: outcome.failure = reply.death
        }
        return outcome
    }
}
