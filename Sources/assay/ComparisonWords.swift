import Comparison
import Foundation
import Suites

/// What the words mean: revisions first, then suites.
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
            let names = Workspace.current.suites.names
            let isSuite = names.contains(second) || second.contains("/") || second.hasSuffix(".yaml")
            guard isSuite else {
                throw ComparisonError.usage(
                    "'\(second)' is neither a revision nor a suite", remedy: "see `git log` and `assay list suites`"
                )
            }
        }
        if try head == nil && repository.isDirty {
            throw ComparisonError.usage(
                "the working tree has changes that no commit has",
                remedy: "say `.` after the base to compare them, or HEAD to leave them out")
        }
        revisions = Both(base: words[0], head: head ?? "HEAD")
        self.suites = rest + suites
    }
}
