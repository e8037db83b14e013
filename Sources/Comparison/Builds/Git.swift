import Foundation
import Workers

/// Asks git about one repository.
struct Git: Sendable {
    let folder: String
    let interrupted: @Sendable () -> Bool

    /// What git answered, without the break at its end; nil where it refused.
    func ask(_ arguments: String..., index: String? = nil) throws -> String? {
        let outcome = try run(arguments, index: index)
        guard outcome.end == .exit(0) else { return nil }
        return String(decoding: outcome.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Has git do something; throws what it says where it refuses.
    func tell(_ arguments: String..., index: String? = nil) throws {
        let outcome = try run(arguments, index: index)
        guard outcome.end == .exit(0) else {
            let words = outcome.errors.split(separator: "\n").last.map(String.init) ?? "git said nothing"
            throw ComparisonError.failure(
                "git \(arguments.first ?? "") failed: \(words)", remedy: "see that the repository is whole")
        }
    }

    /// - Parameter index: another index than the one that is worked with.
    private func run(_ arguments: [String], index: String?) throws -> ChildProcess.Outcome {
        // Inside a hook of git's these would lead elsewhere.
        let elsewhere = ["GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"]
        var environment = Dictionary(uniqueKeysWithValues: elsewhere.map { ($0, String?.none) })
        environment["GIT_INDEX_FILE"] = .some(index)
        // A commit that only stands for the working tree is nobody's.
        for role in ["AUTHOR", "COMMITTER"] {
            environment["GIT_\(role)_NAME"] = "assay"
            environment["GIT_\(role)_EMAIL"] = "assay@localhost"
        }
        let git = ChildProcess(
            executable: "git", arguments: ["-C", folder, "-c", "core.hooksPath=/dev/null"] + arguments,
            environment: environment)
        let outcome = try git.run(timeLimit: Self.patience, interrupted: interrupted)
        // Ctrl-C reaches git too, which then ends in its own way.
        if outcome.end == .interrupted || interrupted() { throw Interrupted() }
        return outcome
    }

    /// Seconds that any of this may take.
    private static let patience = 300.0
}
