import Foundation

/// A folder of this process inside another folder, for unfinished files. It is removed with its owner. If a process is
/// killed, the next process that makes such a folder there removes what was left.
package final class WorkFolder: Sendable {
    package let path: String
    /// A descriptor of the folder, locked while this process lives. Process ids would not do: containers repeat them.
    private let lock: Int32

    /// Why the folder could not be made: the system's error number.
    package struct Failure: Error {
        package let code: Int32
    }

    /// Makes the folder, and removes its siblings whose owners are gone.
    /// - Parameter prefix: the common prefix of all such names; six characters follow.
    package init(in folder: String, prefix: String) throws(Failure) {
        Self.removeAbandoned(in: folder, prefix: prefix)
        // Another process may think a new folder abandoned before it is locked, and remove it. Then try again.
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

    /// A descriptor that holds the lock of a folder; nil if another process holds it or the path is not a folder.
    private static func lock(_ path: String) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Removes the work folders whose owners are gone.
    package static func removeAbandoned(in folder: String, prefix: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 6 {
            guard let descriptor = lock("\(folder)/\(name)") else { continue }
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            close(descriptor)
        }
    }
}
