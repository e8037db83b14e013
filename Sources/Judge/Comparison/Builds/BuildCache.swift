import Foundation
import Platform
import Results

/// Programs that were built before, keyed by everything that they were built from, and the suites of revisions.
///
/// Everything gets its name only when it is complete. If two processes build the same at once, both succeed.
package struct BuildCache: Sendable {
    /// The default folder.
    package static var standard: String { CacheFolder.standard }

    let root: String

    package init(_ root: String) { self.root = URL(fileURLWithPath: root).standardizedFileURL.path }

    private var programs: String { "\(root)/programs" }
    private var suites: String { "\(root)/suites" }
    var trees: String { "\(root)/trees" }

    /// The most programs that are kept: the oldest are removed, if they can no longer be in use.
    private static let mostPrograms = 40
    /// Seconds after which a program is assumed to be no longer in use.
    private static let longestUse = 86_400.0

    /// The program for a key, or nil if it was not built yet.
    func program(_ key: String) -> String? {
        let path = "\(programs)/\(key)"
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        Self.touch(path)
        return path
    }

    /// Copies a built program into the cache and returns its new path.
    func keep(_ executable: String, as key: String) throws -> String {
        let path = "\(programs)/\(key)"
        try taking(path) { try FileManager.default.copyItem(atPath: executable, toPath: $0) }
        Self.touch(path)
        let files = FileManager.default
        let dated = (try? files.contentsOfDirectory(atPath: programs))?.compactMap { name -> (String, Date)? in
            let attributes = try? files.attributesOfItem(atPath: "\(programs)/\(name)")
            return (attributes?[.modificationDate] as? Date).map { (name, $0) }
        }
        for (name, date) in (dated ?? []).sorted(by: { $0.1 > $1.1 }).dropFirst(Self.mostPrograms)
        where -date.timeIntervalSinceNow > Self.longestUse {
            try? files.removeItem(atPath: "\(programs)/\(name)")
        }
        return path
    }

    /// Marks a program as recently used, so that it is kept longest.
    private static func touch(_ path: String) {
        try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
    }

    /// A folder whose `Suites` are those of a revision.
    package func folder(ofSuites suites: String?, git: Git) throws -> String {
        let path = "\(self.suites)/\(suites ?? "none")"
        if FileManager.default.fileExists(atPath: "\(path)/Suites") { return path }
        try taking(path) { made in
            try FileManager.default.createDirectory(atPath: "\(made)/Suites", withIntermediateDirectories: true)
            guard let suites else { return }
            let index = "\(made)/index"
            try git.ask("read-tree", "--prefix=Suites/", suites, index: index)
            try git.writingAsCommitted().ask(
                "checkout-index", "--all", "--force", "--prefix=\(made)/", index: index)
            unlink(index)
        }
        return path
    }

    /// Runs the body with a temporary folder on the cache's disk, which is removed afterwards.
    func withWorkFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
        do {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        } catch { throw Self.unwritable(root, error) }
        let folder: WorkFolder
        do {
            folder = try WorkFolder(in: root, prefix: ".assay-aside-")
        } catch { throw Self.unwritable(root, code: error.code) }
        return try withExtendedLifetime(folder) { try body(folder.path) }
    }

    /// Makes something in a temporary folder, and moves it to its path when it is complete.
    private func taking(_ path: String, _ make: (String) throws -> Void) throws {
        try withWorkFolder { folder in
            let made = "\(folder)/made"
            do {
                let parent = (path as NSString).deletingLastPathComponent
                try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
                try make(made)
            } catch let error as RunError {
                throw error
            } catch { throw Self.unwritable(path, error) }
            let code = rename(made, path) == 0 ? 0 : errno
            // If another process was faster, its result is just as good.
            guard code == 0 || FileManager.default.fileExists(atPath: path) else {
                throw Self.unwritable(path, code: code)
            }
        }
    }

    static func unwritable(_ path: String, _ error: any Error) -> any Error {
        if error is Interrupted || error is ComparisonError { return error }
        return unwritable(path, systemWords(error), code: systemCode(error))
    }

    private static func unwritable(_ path: String, code: Int32) -> ComparisonError {
        unwritable(path, String(cString: strerror(code)), code: code)
    }

    private static func unwritable(_ path: String, _ words: String, code: Int32?) -> ComparisonError {
        let isFull = code == ENOSPC || code == EDQUOT
        return .failure(
            "cannot write \(path): \(words)",
            remedy: (isFull ? "free some space, or " : "") + "name another folder with --cache")
    }
}
