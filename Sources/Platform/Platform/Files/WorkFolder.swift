import Foundation

/// A folder of this process in another, for what is not whole yet. It is gone when its owner is; what a killed process left is
/// removed by the next one that makes such a folder there.
package final class WorkFolder: Sendable {
    package let path: String
    /// Of the folder, locked as long as this process lives. A process id would say less: in every container they are the same.
    private let lock: Int32

    /// Why the folder could not be made: an error number of the system.
    package struct Failure: Error {
        package let code: Int32
    }

    /// Makes it, and removes those beside it whose owners are gone.
    /// - Parameter prefix: of the names of all of them; six characters follow.
    package init(in folder: String, prefix: String) throws(Failure) {
        Self.removeAbandoned(in: folder, prefix: prefix)
        // Another process may take a new one for abandoned before it is locked: then there is another.
        for _ in 0..<16 {
            var name = Array("\(folder)/\(prefix)XXXXXX".utf8CString)
            guard mkdtemp(&name) != nil else { throw Failure(code: errno) }
            let path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            if let lock = Self.lock(path), FileManager.default.fileExists(atPath: path) {
                (self.path, self.lock) = (path, lock)
                return
            }
        }
        throw Failure(code: EAGAIN)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(lock)
    }

    /// A descriptor that holds the lock of a folder; nil if another process does, or the folder is none.
    private static func lock(_ path: String) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Removes those in a folder whose owners are gone.
    package static func removeAbandoned(in folder: String, prefix: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 6 {
            guard let descriptor = lock("\(folder)/\(name)") else { continue }
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            close(descriptor)
        }
    }
}
