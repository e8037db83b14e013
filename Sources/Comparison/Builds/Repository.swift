import Foundation
import Results
import Workers

/// The git repository that revisions are of. Neither its working tree nor its index is ever touched.
package struct Repository: Sendable {
    /// In its uppermost folder.
    let git: Git

    /// Throws where there is no repository, or no git.
    package init(at folder: String, interrupted: @escaping @Sendable () -> Bool = { false }) throws {
        let here = Git(folder: folder, interrupted: interrupted)
        guard let root = try here.ask("rev-parse", "--show-toplevel"), !root.isEmpty else {
            throw ComparisonError.usage(
                "'\(folder)' is in no git repository", remedy: "compare revisions inside a clone of Assay")
        }
        git = Git(folder: root, interrupted: interrupted)
    }

    /// Whether a text names a revision.
    package func knows(_ text: String) throws -> Bool {
        try text == Revision.workingTree || commit(text) != nil
    }

    /// Whether the working tree holds changes that no commit has.
    package var isDirty: Bool {
        get throws {
            let status = try git.ask("status", "--porcelain", "--", ".", ":!Results", ":!Reports")
            return status?.isEmpty == false
        }
    }

    /// Throws where there is no such revision, or it is none of Assay.
    package func resolve(_ text: String) throws -> Revision {
        let isWorkingTree = text == Revision.workingTree
        guard let hash = try commit(isWorkingTree ? "HEAD" : text) else {
            throw ComparisonError.usage(
                "there is no revision '\(text)'", remedy: "name a commit, branch or tag as git does, or '.'")
        }
        let object = isWorkingTree ? try snapshot(over: hash) : hash
        guard let manifest = try git.ask("rev-parse", "--quiet", "--verify", "\(object):Package.swift"),
            let sources = try git.ask("rev-parse", "--quiet", "--verify", "\(object):Sources")
        else {
            throw ComparisonError.usage(
                "\(text) holds no program: Package.swift or Sources is missing", remedy: "choose a later revision")
        }
        return Revision(
            text: text, commit: RunHeader.Commit(hash: hash, dirty: object != hash),
            subject: try git.ask("log", "-1", "--format=%s", hash) ?? "", object: object,
            sources: "\(manifest) \(sources)",
            suites: try git.ask("rev-parse", "--quiet", "--verify", "\(object):Suites"))
    }

    /// The hash of a commit, or nil where the text names none.
    private func commit(_ text: String) throws -> String? {
        // What begins so would be an option of git's.
        guard !text.hasPrefix("-"), !text.isEmpty else { return nil }
        return try git.ask("rev-parse", "--quiet", "--verify", "\(text)^{commit}")
    }

    /// A commit of the working tree as it is, untracked files too; the given one where nothing has changed. It is in no
    /// branch: git throws it away in time.
    private func snapshot(over hash: String) throws -> String {
        let index = NSTemporaryDirectory() + "assay-index-" + UUID().uuidString
        defer { for path in [index, index + ".lock"] { unlink(path) } }
        try git.tell("read-tree", hash, index: index)
        try git.tell("add", "--all", "--", ".", ":!Results", ":!Reports", index: index)
        guard let tree = try git.ask("write-tree", index: index) else {
            throw ComparisonError.failure("git cannot write the working tree", remedy: "see that the disk has space")
        }
        if try git.ask("rev-parse", "\(hash)^{tree}") == tree { return hash }
        guard let commit = try git.ask("commit-tree", tree, "-p", hash, "-m", "The working tree") else {
            throw ComparisonError.failure("git cannot keep the working tree", remedy: "see that the disk has space")
        }
        return commit
    }
}
