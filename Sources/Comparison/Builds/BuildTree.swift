import Foundation
import Results
import Workers

/// A checkout of a repository that stays in the cache, and what was built in it: the next build compiles only what differs
/// from the last.
///
/// It is a repository of its own that borrows the objects of the user's, which is read and never written. One process at
/// a time works in it.
struct BuildTree: Sendable {
    private let root: String
    private let source: Git
    /// Where git keeps what the user's worktrees share.
    private let shared: String

    /// - Parameter trees: the folder of all of them.
    init(of repository: Repository, in trees: String) throws {
        source = repository.git
        let shared = try source.ask("rev-parse", "--git-common-dir") ?? ".git"
        let folder = URL(fileURLWithPath: source.folder)
        self.shared = URL(fileURLWithPath: shared, relativeTo: folder).standardizedFileURL.path
        root = "\(trees)/\(Fingerprint.text(self.shared.utf8))"
    }

    var tree: String { "\(root)/tree" }
    var scratch: String { "\(root)/build" }
    var log: String { "\(root)/build.log" }
    /// For what is not kept.
    var reports: String { "\(root)/reports" }

    /// Checks a revision out, where only files that differ are touched, and keeps other processes away until the body is left.
    /// `note` hears when it has to wait for one.
    func holding<Value>(_ revision: Revision, note: (String) -> Void, _ body: () throws -> Value) throws -> Value {
        do {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        } catch { throw BuildCache.unwritable(root, error) }
        let lock = try FileLock("\(root)/lock", interrupted: source.interrupted) {
            note("waiting for another comparison that builds in \(root)")
        }
        defer { lock.release() }
        try? shared.write(toFile: "\(root)/\(Self.mark)", atomically: true, encoding: .utf8)
        do {
            try checkOut(revision)
        } catch is ComparisonError {
            // Whatever is wrong with it, it can be made anew.
            try? FileManager.default.removeItem(atPath: tree)
            try checkOut(revision)
        }
        return try body()
    }

    /// The file that names the repository a tree is of.
    private static let mark = "repository"

    /// Removes the trees of repositories that are gone.
    static func removeAbandoned(in trees: String) {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: trees)) ?? [] {
            guard let shared = try? String(contentsOfFile: "\(trees)/\(name)/\(mark)", encoding: .utf8),
                !files.fileExists(atPath: shared)
            else { continue }
            try? files.removeItem(atPath: "\(trees)/\(name)")
        }
    }

    private func checkOut(_ revision: Revision) throws {
        let files = FileManager.default
        if !files.fileExists(atPath: "\(tree)/.git") {
            try source.tell("init", "--quiet", tree)
        }
        // Of a git that was killed here.
        unlink("\(tree)/.git/index.lock")
        let borrowed = "\(tree)/.git/objects/info/alternates"
        do {
            try files.createDirectory(atPath: "\(tree)/.git/objects/info", withIntermediateDirectories: true)
            try Data("\(shared)/objects\n".utf8).write(to: URL(fileURLWithPath: borrowed))
        } catch { throw BuildCache.unwritable(borrowed, error) }
        let git = Git(folder: tree, interrupted: source.interrupted)
        try git.tell("checkout", "--quiet", "--force", "--detach", revision.object)
        // The versions of dependencies stay: both sides are built with the same.
        try git.tell("clean", "-ffdxq", "--exclude=/Package.resolved")
    }
}
