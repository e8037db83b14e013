import ArgumentParser
import Foundation
import Instructions
import Running
import Suites

/// Exit codes, one meaning each.
enum Exit {
    static let disagreement = ExitCode(2)
    static let unmeasured = ExitCode(3)
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
    } catch let error as InstructionSetError {
        Diagnostics.error(error.description)
        throw Exit.usage
    } catch {
        Diagnostics.error("\(error)")
        throw Exit.unmeasured
    }
}
