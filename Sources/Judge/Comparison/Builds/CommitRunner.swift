import Foundation
import Platform

/// Runs a suite with the programs of commits, each in a checkout of its commit. So their run files name the right
/// commit, and each program reads its own copy of the suite.
package struct CommitRunner: Sendable {
    let builder: ProgramBuilder
    /// The folder of run files.
    let results: String

    package init(builder: ProgramBuilder, results: String) {
        self.builder = builder
        self.results = URL(fileURLWithPath: results).path
    }

    /// The time limit of a suite in seconds.
    private static let patience = 86_400.0

    /// Throws if the revision lacks the suite, or if its program cannot be built or exits without having measured.
    package func run(_ suite: String, at revision: Revision, listener: BuildListener) throws {
        let beginning = "begin the range after the commit that added it"
        guard try builder.repository.suites(of: revision).contains(suite) else {
            throw ComparisonError.failure("there is no suite '\(suite)' at \(revision.text)", remedy: beginning)
        }
        let program = try builder.program(of: revision, listener: listener)
        let tree = builder.tree
        try tree.holding(revision, note: listener.note) {
            defer { try? FileManager.default.removeItem(atPath: tree.reports) }
            listener.note("measuring \(revision.text): \(revision.subject)")
            let run = ChildProcess(
                executable: program.executable,
                arguments: ["run", suite, "--results", results, "--reports", tree.reports],
                environment: GitEnvironment.neutral, folder: tree.tree, isGuarded: true)
            let outcome = try run.run(timeLimit: Self.patience, interrupted: builder.interrupted)
            if outcome.end == .interrupted || builder.interrupted() { throw Interrupted() }
            // 2 and 3: a case failed, but the others are in the run file.
            guard [.exit(0), .exit(2), .exit(3)].contains(outcome.end) else {
                let words = outcome.errors.split(separator: "\n").last.map { ": \($0)" } ?? ""
                throw ComparisonError.failure(
                    "'\(suite)' cannot be run at \(revision.text)\(words)", remedy: beginning)
            }
        }
    }
}

extension Repository {
    /// The commits of a range such as `main~5..main`, oldest first, along first parents; of a revision, only that one.
    package func commits(in range: String) throws -> [Revision] {
        let count = range.contains("..") ? "--max-count=1000" : "--max-count=1"
        func none(_ reason: String = "") -> ComparisonError {
            .usage(
                "there are no commits '\(range)'\(reason)", remedy: "write a range as git does: main~5..main")
        }
        guard !range.hasPrefix("-") else { throw none() }
        do {
            let list = try git.ask("rev-list", "--reverse", "--first-parent", count, range, "--")
            guard !list.isEmpty else { throw none() }
            return try list.split(separator: "\n").map { hash in
                var revision = try resolve(String(hash))
                revision.text = String(hash.prefix(12))
                return revision
            }
        } catch let error as RunError {
            throw none(": \(error.message)")
        }
    }
}
