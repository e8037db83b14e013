import ArgumentParser
import Comparison
import Foundation
import Instructions
import Platform
import Results
import Running
import Workloads

/// Exit codes. Each has one meaning.
enum Exit {
    static let regression = ExitCode(1)
    static let disagreement = ExitCode(2)
    static let unmeasured = ExitCode(3)
    static let inconclusive = ExitCode(4)
    /// EX_USAGE of sysexits.h.
    static let usage = ExitCode(64)
}

/// Standard error, for everything that is not a result. Each text becomes one line, whatever its labels, names and paths hold.
enum Diagnostics {
    static func say(_ text: String) { say(lines: [text]) }

    static func say(lines: [String]) {
        StandardStreams.tell(lines.map { $0.onOneLine + "\n" }.joined())
    }

    static func error(_ text: String) { say("error: \(text)") }
    static func warning(_ text: String) { say("warning: \(text)") }

    /// Warns of values far outside what models were made for, each once.
    static func warn(ofUnusual cases: [Case]) {
        var told: Set<String> = []
        for workload in cases.map(\.workload) {
            for doubt in workload.schema.doubts(workload.arguments) where told.insert(doubt).inserted {
                warning(doubt)
            }
        }
    }
}

/// Does a command's work and turns its errors into one line and an exit code.
func reporting(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as ExitCode {
        _ = StandardStreams.hasFailed()
        throw error
    } catch let error as SuiteError {
        Diagnostics.error(error.description)
        throw Exit.usage
    } catch let error as ComparisonError {
        Diagnostics.say(lines: error.details + ["error: \(error)"])
        throw error.isUsage ? Exit.usage : Exit.unmeasured
    } catch is Interrupted {
        // What was to be cleaned up is: the shell sees what a signal does.
        Diagnostics.say("stopped")
        Interrupt.endProcess()
    } catch let error as InstructionSetError {
        Diagnostics.error(error.description)
        throw Exit.usage
    } catch {
        Diagnostics.error("\(error)")
        throw Exit.unmeasured
    }
    if StandardStreams.hasFailed() { throw Exit.unmeasured }
}
