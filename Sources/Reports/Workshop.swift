import Foundation

/// A hidden folder in a folder of reports, in which files are made before they take their names: who reads a name sees the
/// old file or the new one, whole. It is gone when its owner is; what a killed process left is removed by the next one.
final class Workshop {
    let folder: String
    let path: String
    /// Of the hidden folder, locked as long as this process lives. A process id would say less: in every container they
    /// are the same.
    private let lock: Int32

    private static let prefix = ".assay-report-"

    /// Makes it, and removes those in the folder whose owners are gone.
    init(in folder: String) throws(ReportProblem) {
        Self.removeAbandoned(in: folder)
        self.folder = folder
        // Another process may take a new one for abandoned before it is locked: then there is another.
        for _ in 0..<16 {
            var name = Array("\(folder)/\(Self.prefix)XXXXXX".utf8CString)
            guard mkdtemp(&name) != nil else { throw .writing(folder, errno: errno) }
            let path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            if let lock = Self.lock(path), FileManager.default.fileExists(atPath: path) {
                (self.path, self.lock) = (path, lock)
                return
            }
        }
        throw ReportProblem("cannot work in \(folder): its folders vanish", remedy: "choose another folder")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(lock)
    }

    /// Gives `write` a path in here, and moves what it made to its name. A link of that name is replaced, not followed.
    func write(_ name: String, by write: (String) throws(ReportProblem) -> Void) throws(ReportProblem) {
        let aside = "\(path)/\(name)"
        do {
            try write(aside)
            try move(aside, to: name)
        } catch {
            unlink(aside)
            // The name aside is of no use to anyone.
            throw ReportProblem(
                error.message.replacing(aside, with: "\(folder)/\(name)"), remedy: error.remedy, isFinal: error.isFinal)
        }
    }

    /// Gives a file in here its name in the folder.
    func move(_ source: String, to name: String) throws(ReportProblem) {
        guard rename(source, "\(folder)/\(name)") == 0 else { throw .writing("\(folder)/\(name)", errno: errno) }
    }

    /// A descriptor that holds the lock of a folder; nil where another process does, or the folder is none.
    private static func lock(_ path: String) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func removeAbandoned(in folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 6 {
            guard let descriptor = lock("\(folder)/\(name)") else { continue }
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            close(descriptor)
        }
    }
}
