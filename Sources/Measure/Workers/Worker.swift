import Foundation
import Platform
import Results

/// A program that speaks the protocol of workers, as a child: one request, some lines of answer.
package struct Worker: Sendable {
    let executable: String
    let arguments: [String]
    let threads: Int
    let folder: String?

    /// The hidden command that a worker runs.
    package static let command = "worker"

    /// - Parameters:
    ///   - arguments: those that make a worker of the program. The default is what a program of ours needs.
    ///   - folder: where it runs, and so finds its suites; nil is here.
    package init(
        executable: String, arguments: [String] = [Self.command], threads: Int = 1, folder: String? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.threads = threads
        self.folder = folder
    }

    /// What came back.
    package struct Reply: Sendable {
        package let end: ChildProcess.End
        /// The last message that is not a stage.
        package let result: WorkerMessage?
        /// What it was doing last; nil where it said nothing.
        package let lastStage: String?
        package let errors: String
        package let usage: ProcessUsage

        package var stage: String { lastStage ?? "starting" }

        /// Why there is no result.
        package var death: Failure { Failure(end: end, stage: stage, errors: errors) }
    }

    /// Starts a worker, asks, and waits for its end.
    package func ask(
        _ task: WorkerRequest.Task, timeLimit: Double, interrupted: () -> Bool = { false }
    ) throws -> Reply {
        let input = try JSONLine.encode(WorkerRequest(task))
        let outcome = try process.run(input: input, timeLimit: timeLimit, interrupted: interrupted)
        var (result, stage): (WorkerMessage?, String?) = (nil, nil)
        for line in outcome.output.split(separator: UInt8(ascii: "\n")) {
            switch try? JSONLine.decode(WorkerMessage.self, from: line) {
            case .stage(let name): stage = name
            case let message?: result = message
            case nil: break
            }
        }
        return Reply(end: outcome.end, result: result, lastStage: stage, errors: outcome.errors, usage: outcome.usage)
    }

    /// The C library gives blocks of so many bytes and more back to the system as soon as they are freed. That is its default
    /// too; but it raises the limit with each such block, and what the reference had would count as the case's memory.
    private static let largeBlock = String(128 << 10)

    /// The child that serves a request.
    var process: ChildProcess {
        // BLAS starts its threads when it is loaded: threads it is not meant to use would only be in the way.
        // A backtrace takes longer than most cases, and stands behind the line that says what is wrong.
        ChildProcess(
            executable: executable, arguments: arguments,
            environment: [
                "OPENBLAS_NUM_THREADS": String(threads), "SWIFT_BACKTRACE": "enable=no",
                "MALLOC_MMAP_THRESHOLD_": Self.largeBlock,
            ], folder: folder)
    }
}

extension Failure {
    /// Why a worker that ended so gave no answer.
    init(end: ChildProcess.End, stage: String, errors: String) {
        let words = errors.split(separator: "\n").last.map { ": \($0)" } ?? ""
        switch end {
        case .signal(SIGKILL):
            var time = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &time)
            // The system says the same of both.
            let cause = time.rlim_cur < .max ? "out of processor time (ulimit -t), or of memory?" : "out of memory?"
            self.init(.memory, "killed by the system while \(stage); \(cause)")
        case .signal(let signal):
            self.init(.crashed, "\(String(cString: strsignal(signal))) (signal \(signal)) while \(stage)\(words)")
        case .exit(let code): self.init(.crashed, "left with code \(code) while \(stage)\(words)")
        case .timeout: self.init(.timeout, "took too long while \(stage)")
        case .interrupted: self.init(.error, "interrupted")
        }
    }
}

extension Failure: Error {}
