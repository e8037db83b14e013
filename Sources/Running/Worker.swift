import Foundation
import Results

/// The program as a child of itself: one request, some lines of answer.
package struct Worker: Sendable {
    let executable: String
    let threads: Int

    /// The hidden command that a worker runs.
    package static let command = "worker"

    package init(executable: String, threads: Int = 1) {
        self.executable = executable
        self.threads = threads
    }

    /// What came back.
    package struct Reply: Sendable {
        package let end: ChildProcess.End
        /// The last message that is not a stage.
        package let result: WorkerMessage?
        /// What it was doing last.
        package let stage: String
        package let errors: String
        package let usage: ProcessUsage

        /// Why there is no result.
        package var death: Failure {
            let words = errors.split(separator: "\n").last.map { ": \($0)" } ?? ""
            switch end {
            case .signal(SIGKILL):
                return Failure(.memory, "killed by the system while \(stage); out of memory?")
            case .signal(let signal):
                return Failure(
                    .crashed, "\(String(cString: strsignal(signal))) (signal \(signal)) while \(stage)\(words)")
            case .exit(let code): return Failure(.crashed, "left with code \(code) while \(stage)\(words)")
            case .timeout: return Failure(.timeout, "took too long while \(stage)")
            case .interrupted: return Failure(.error, "interrupted")
            }
        }
    }

    /// Starts a worker, asks, and waits for its end.
    package func ask(
        _ task: WorkerRequest.Task, timeLimit: Double, interrupted: () -> Bool = { false }
    ) throws -> Reply {
        // BLAS starts its threads when it is loaded: threads it is not meant to use would only be in the way.
        // A backtrace takes longer than most cases, and stands behind the line that says what is wrong.
        let child = ChildProcess(
            executable: executable, arguments: [Self.command],
            environment: ["OPENBLAS_NUM_THREADS": String(threads), "SWIFT_BACKTRACE": "enable=no"])
        let input = try JSONLine.encode(WorkerRequest(task))
        let outcome = try child.run(input: input, timeLimit: timeLimit, interrupted: interrupted)
        var (result, stage): (WorkerMessage?, String) = (nil, "starting")
        for line in outcome.output.split(separator: UInt8(ascii: "\n")) {
            switch try? JSONLine.decode(WorkerMessage.self, from: line) {
            case .stage(let name): stage = name
            case let message?: result = message
            case nil: break
            }
        }
        return Reply(end: outcome.end, result: result, stage: stage, errors: outcome.errors, usage: outcome.usage)
    }
}
