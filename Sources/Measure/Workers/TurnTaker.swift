import Foundation
import Platform
import Results

/// A worker that has prepared a case, and times it on request.
package final class TurnTaker {
    /// The worker's message when it was ready.
    package let readiness: Readiness
    private let child: RunningChild
    private let timeLimit: Double
    private let interrupted: () -> Bool
    private var isOver = false

    /// Starts a worker and waits until its case is ready.
    ///
    /// Throws the `Failure` of a case that cannot be measured, `Interrupted`, or a `RunError` if it does not start.
    /// - Parameter timeLimit: the time limit in seconds for preparing, and for every turn.
    package init(_ worker: Worker, task: TurnsTask, timeLimit: Double, interrupted: @escaping () -> Bool) throws {
        self.timeLimit = timeLimit
        self.interrupted = interrupted
        child = try worker.process.start()
        child.write(try JSONLine.encode(WorkerRequest(.takeTurns(task))))
        guard case .ready(let readiness) = try Self.answer(of: child, timeLimit: timeLimit, interrupted: interrupted)
        else { throw Failure(.error, "the program gave an unexpected answer") }
        self.readiness = readiness
    }

    /// Requests a turn. Throws as `init` does.
    package func take(_ request: TurnRequest) throws -> Turn {
        child.write(try JSONLine.encode(request))
        guard case .turn(let turn) = try Self.answer(of: child, timeLimit: timeLimit, interrupted: interrupted)
        else { throw Failure(.error, "the program gave an unexpected answer") }
        return turn
    }

    /// Ends the turns, and waits for the worker's end: it checks whether its outputs are still correct. Throws as
    /// `init` does.
    package func finish() throws {
        guard !isOver else { return }
        isOver = true
        child.closeInput()
        let outcome = try child.finish(timeLimit: timeLimit, interrupted: interrupted)
        for line in outcome.output.split(separator: UInt8(ascii: "\n")) {
            if case .failed(let failure, _) = try? JSONLine.decode(WorkerMessage.self, from: line) { throw failure }
        }
        if case .interrupted = outcome.end { throw Interrupted() }
    }

    /// Ends the worker, and ignores what it still reports.
    package func dismiss() {
        guard !isOver else { return }
        isOver = true
        child.closeInput()
        _ = try? child.finish(timeLimit: 5)
    }

    /// The next message that is not a stage.
    private static func answer(
        of child: RunningChild, timeLimit: Double, interrupted: () -> Bool
    ) throws -> WorkerMessage {
        var stage = "starting"
        while true {
            switch child.nextLine(timeLimit: timeLimit, interrupted: interrupted) {
            case .line(let line):
                switch try? JSONLine.decode(WorkerMessage.self, from: line) {
                case .stage(let name): stage = name
                case .failed(let failure, _): throw failure
                case let message?: return message
                case nil: break
                }
            case .timeout: throw Failure(end: .timeout, stage: stage, errors: "")
            case .interrupted: throw Interrupted()
            case .closed:
                let outcome = try child.finish(timeLimit: 5)
                throw Failure(end: outcome.end, stage: stage, errors: outcome.errors)
            }
        }
    }
}
