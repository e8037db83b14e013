import ArgumentParser
import Comparison
import Foundation
import Instructions
import Running
import Suites
import Workers
import Workloads

/// Exit codes, one meaning each.
enum Exit {
    static let regression = ExitCode(1)
    static let disagreement = ExitCode(2)
    static let unmeasured = ExitCode(3)
    static let inconclusive = ExitCode(4)
    /// EX_USAGE of sysexits.h.
    static let usage = ExitCode(64)
}

/// Standard error, for everything that is not a result.
enum Diagnostics {
    static func say(_ text: String) {
        StandardStreams.tell(text + "\n")
    }

    static func error(_ text: String) { say("error: \(text)") }
    static func warning(_ text: String) { say("warning: \(text)") }

    /// Warns of values far outside what models were made for, each once.
    static func warn(ofUnusual cases: [Case]) {
        var told: Set<String> = []
        for workload in cases.map(\.workload) {
            for doubt in type(of: workload).schema.doubts(workload.arguments) where told.insert(doubt).inserted {
                warning(doubt)
            }
        }
    }
}

/// Does a command's work and turns its errors into one line and an exit code.
func reporting(_ body: () async throws -> Void) async throws {
    do {
        try await body()
        try StandardStreams.flush()
    } catch let error as ExitCode {
        throw error
    } catch let error as SuiteError {
        Diagnostics.error(error.description)
        throw Exit.usage
    } catch let error as ComparisonError where error.isUsage {
        Diagnostics.error(error.description)
        throw Exit.usage
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
}
