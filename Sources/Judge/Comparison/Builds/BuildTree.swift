import Foundation
import Platform

/// A checkout of a repository that stays in the cache with its build products: the next build compiles only what
/// differs from the last one.
///
/// It is a separate repository that borrows the objects of the user's, only reading them. One process works in it at a
/// time.
struct BuildTree: Sendable {
    private let repository: Repository
    private var root: String { repository.home }

    init(of repository: Repository) { self.repository = repository }

    var tree: String { "\(root)/tree" }
    var scratch: String { "\(root)/build" }
    var log: String { "\(root)/build.log" }
    /// A folder for output that is not kept.
    var reports: String { "\(root)/reports" }

    /// Checks out a revision, touching only files that differ, and keeps other processes out until the body returns.
    /// `note` is told if it has to wait for one.
    func holding<Value>(_ revision: Revision, note: (String) -> Void, _ body: () throws -> Value) throws -> Value {
        do {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        } catch { throw BuildCache.unwritable(root, error) }
        let lock = try FileLock("\(root)/\(Self.lock)", interrupted: repository.git.interrupted) {
            note("waiting for another comparison that builds in \(root)")
        }
        defer { lock.release() }
        try? repository.common.write(toFile: "\(root)/\(Self.mark)", atomically: true, encoding: .utf8)
        do {
            try checkOut(revision)
        } catch let error where !(error is Interrupted) {
            // Whatever is wrong with the checkout, it can be made again.
            try? FileManager.default.removeItem(atPath: tree)
            try checkOut(revision)
        }
        return try body()
    }

    private static let lock = "lock"
    /// The file that names the tree's repository. It is rewritten whenever the tree is used.
    private static let mark = "repository"
    /// Seconds after which a tree is removed if its repository is missing. The repository may be on an unmounted disk,
    /// or be visible only in another container.
    private static let patience = 30 * 86_400.0

    /// Removes the trees of repositories that have been missing for long.
    static func removeAbandoned(in trees: String) {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: trees)) ?? [] {
            let root = "\(trees)/\(name)"
            let attributes = try? files.attributesOfItem(atPath: "\(root)/\(mark)")
            guard let common = try? String(contentsOfFile: "\(root)/\(mark)", encoding: .utf8),
                let used = attributes?[.modificationDate] as? Date, -used.timeIntervalSinceNow > patience,
                !files.fileExists(atPath: common), let held = FileLock(ifFree: "\(root)/\(lock)")
            else { continue }
            try? files.removeItem(atPath: root)
            held.release()
        }
    }

    private func checkOut(_ revision: Revision) throws {
        let files = FileManager.default
        if !files.fileExists(atPath: "\(tree)/.git") {
            let format = try repository.git.find("rev-parse", "--show-object-format") ?? "sha1"
            try Git(folder: root, interrupted: repository.git.interrupted).ask(
                "init", "--quiet", "--template=", "--object-format=\(format)", tree)
        }
        // Left by a git process that was killed here.
        unlink("\(tree)/.git/index.lock")
        let borrowed = "\(tree)/.git/objects/info/alternates"
        do {
            try files.createDirectory(atPath: "\(tree)/.git/objects/info", withIntermediateDirectories: true)
            let folders = [repository.objects, repository.snapshots].filter { files.fileExists(atPath: $0) }
            let lines = folders.map { AlternatePath.quoted($0) + "\n" }
            try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: borrowed))
        } catch { throw BuildCache.unwritable(borrowed, error) }
        let git = Git.own(tree, interrupted: repository.git.interrupted).writingAsCommitted()
        try git.ask("checkout", "--quiet", "--force", "--detach", revision.object)
        // The versions of dependencies stay: both sides are built with the same.
        try git.ask("clean", "-ffdxq", "--exclude=/Package.resolved")
    }
}
