import Results

/// A revision of this repository, resolved to what a program is built from.
package struct Revision: Sendable, Hashable {
    /// As it was written: `main~1`, `.`.
    package internal(set) var text: String
    /// The commit that was checked out; of the working tree, the one below its changes.
    package let commit: RunHeader.Commit
    /// The first line of its message.
    package let subject: String
    /// What git can check out: a commit, perhaps one that only stands for the working tree.
    let object: String
    /// Of the sources and the manifest: all that a program is built from.
    package let sources: String
    /// Of the folder of suites; nil if there is none.
    package let suites: String?

    /// The working tree as it is.
    package static let workingTree = "."
}
