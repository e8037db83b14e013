import Comparison
import Foundation
import Measurement
import Running

/// Tells revisions from suites in the arguments: revisions come first.
struct ComparisonWords {
    let revisions: Both<String>
    let suites: [String]

    init(_ words: [String], suites: [String], in repository: Repository) throws {
        var rest = words.dropFirst()
        var head: String?
        // A word that is both is a revision: suites can be named with --suite.
        if let second = rest.first, try repository.knows(second) {
            head = second
            rest = rest.dropFirst()
        }
        if let second = rest.first, head == nil {
            // The working tree need not have the suites of the two sides.
            let isSuite =
                try second.contains("/") || second.hasSuffix(".yaml")
                || Workspace.current.suites.names.contains(second)
                || [words[0], "HEAD"].contains { try repository.suites(at: $0).contains(second) }
            guard isSuite else {
                throw ComparisonError.usage(
                    "'\(second)' is neither a revision nor a suite", remedy: "see `git log` and `assay list suites`"
                )
            }
        }
        if try head == nil && repository.isDirty {
            throw ComparisonError.usage(
                "the working tree has changes that are not committed",
                remedy: "write `.` after the base to compare them, or HEAD to leave them out")
        }
        revisions = Both(base: words[0], head: head ?? "HEAD")
        self.suites = rest + suites
    }
}
