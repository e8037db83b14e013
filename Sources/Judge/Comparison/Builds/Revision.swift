import Results

/// A revision of this repository, resolved to what a program is built from.
package struct Revision: Sendable, Hashable {
    /// The revision as the user wrote it: `main~1`, `.`.
    package internal(set) var text: String
    /// The checked-out commit; for the working tree, the commit below its changes.
    package let commit: RunHeader.Commit
    /// The first line of the commit message.
    package let subject: String
    /// What git can check out: a commit, possibly one that only represents the working tree.
    let object: String
    /// The hashes of the manifest and the sources: everything that a program is built from.
    package let sources: String
    /// The hash of the folder of suites; nil if there is none.
    package let suites: String?

    /// The name of the working tree in its present state.
    package static let workingTree = "."
}
