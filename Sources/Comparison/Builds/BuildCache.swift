import Foundation
import Results
import Workers

/// Programs that were built before, by all that they were built from, and the suites of revisions.
///
/// What is in it took its name when it was whole. Two that build the same at once both succeed.
package struct BuildCache: Sendable {
    /// Where it is if nobody says.
    package static var standard: String { CacheFolder.standard }

    let root: String

    package init(_ root: String) { self.root = root }

    private var programs: String { "\(root)/programs" }
    private var suites: String { "\(root)/suites" }
    var trees: String { "\(root)/trees" }

    /// The most programs that are kept: the oldest go.
    private static let mostPrograms = 40

    /// The program of a key, or nil where it was not built yet.
    func program(_ key: String) -> String? {
        let path = "\(programs)/\(key)"
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        // What is used stays longest.
        try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
        return path
    }

    /// Takes in a program that was built, and returns where it is now.
    func keep(_ executable: String, as key: String) throws -> String {
        let path = "\(programs)/\(key)"
        try taking(path) { try FileManager.default.copyItem(atPath: executable, toPath: $0) }
        let files = FileManager.default
        let dated = (try? files.contentsOfDirectory(atPath: programs))?.compactMap { name -> (String, Date)? in
            let attributes = try? files.attributesOfItem(atPath: "\(programs)/\(name)")
            return (attributes?[.modificationDate] as? Date).map { (name, $0) }
        }
        for (name, _) in (dated ?? []).sorted(by: { $0.1 > $1.1 }).dropFirst(Self.mostPrograms) {
            try? files.removeItem(atPath: "\(programs)/\(name)")
        }
        return path
    }

    /// The folder whose `Suites` are those of a revision.
    func folder(ofSuites suites: String?, git: Git) throws -> String {
        let path = "\(self.suites)/\(suites ?? "none")"
        if FileManager.default.fileExists(atPath: "\(path)/Suites") { return path }
        try taking(path) { aside in
            try FileManager.default.createDirectory(atPath: "\(aside)/Suites", withIntermediateDirectories: true)
            guard let suites else { return }
            let index = "\(aside)/index"
            try git.tell("read-tree", "--prefix=Suites/", suites, index: index)
            try git.tell("checkout-index", "--all", "--force", "--prefix=\(aside)/", index: index)
            unlink(index)
        }
        return path
    }

    /// Has something made beside a path, and moves it there when it is whole.
    private func taking(_ path: String, _ make: (String) throws -> Void) throws {
        let aside = "\(path).\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: aside) }
        do {
            let folder = (path as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try? FileManager.default.removeItem(atPath: aside)
            try make(aside)
        } catch let error as ComparisonError {
            throw error
        } catch { throw Self.unwritable(path, error) }
        // Where another was quicker, its is as good.
        guard rename(aside, path) == 0 || FileManager.default.fileExists(atPath: path) else {
            throw ComparisonError.failure(
                "cannot write \(path): \(String(cString: strerror(errno)))", remedy: "free some space")
        }
    }

    static func unwritable(_ path: String, _ error: any Error) -> any Error {
        if error is Interrupted { return error }
        return ComparisonError.failure(
            "cannot write \(path): \(error.localizedDescription)",
            remedy: "free some space, or name another folder with --cache")
    }
}
