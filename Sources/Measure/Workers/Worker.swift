import Foundation
import Platform
import Results

/// A child program that speaks the worker protocol: one request, some lines of answer.
package struct Worker: Sendable {
    let executable: String
    let arguments: [String]
    let threads: Int
    let folder: String?

    /// The hidden command that a worker runs.
    package static let command = "worker"

    /// - Parameters:
    ///   - arguments: the arguments that make the program a worker. The default fits our own programs.
    ///   - folder: the working folder, in which it finds its suites; nil for the current one.
    package init(
        executable: String, arguments: [String] = [Self.command], threads: Int = 1, folder: String? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.threads = threads
        self.folder = folder
    }

    /// The worker's answer.
    package struct Reply: Sendable {
        package let end: ChildProcess.End
        /// The last message that is not a stage.
        package let result: WorkerMessage?
        /// The last stage that it reported; nil if none.
        package let lastStage: String?
        package let errors: String
        package let usage: ProcessUsage

        package var stage: String { lastStage ?? "starting" }

        /// Why there is no result.
        package var death: Failure { Failure(end: end, stage: stage, errors: errors) }
    }

    /// Starts a worker, sends the request, and waits for its end.
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

    /// Blocks of at least this many bytes go back to the system as soon as they are freed. That is also the C library's
    /// default, but it raises the limit with each such block; the reference's memory would then count as the case's.
    private static let largeBlock = String(128 << 10)

    /// The child that serves a request.
    var process: ChildProcess {
        // BLAS starts its threads when it is loaded; threads that it must not use would only get in the way. A
        // backtrace takes longer than most cases, and would follow the line that says what is wrong.
        ChildProcess(
            executable: executable, arguments: arguments,
            environment: [
                "OPENBLAS_NUM_THREADS": String(threads), "SWIFT_BACKTRACE": "enable=no",
                "MALLOC_MMAP_THRESHOLD_": Self.largeBlock,
            ], folder: folder)
    }
}

extension Failure {
    /// Why a worker that ended in this way gave no answer.
    init(end: ChildProcess.End, stage: String, errors: String) {
        let words = errors.split(separator: "\n").last.map { ": \($0)" } ?? ""
        switch end {
        case .signal(SIGKILL):
            var time = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &time)
            // The system reports both in the same way.
            let cause = time.rlim_cur < .max ? "out of processor time (ulimit -t), or of memory?" : "out of memory?"
            self.init(.memory, "killed by the system while \(stage); \(cause)")
        case .signal(let signal):
            self.init(.crashed, "\(String(cString: strsignal(signal))) (signal \(signal)) while \(stage)\(words)")
        case .exit(let code): self.init(.crashed, "exited with code \(code) while \(stage)\(words)")
        case .timeout: self.init(.timeout, "took too long while \(stage)")
        case .interrupted: self.init(.error, "interrupted")
        }
    }
}

extension Failure: Error {}
