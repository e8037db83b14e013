import Foundation
import Platform

/// A file that one process locks at a time; the system releases the lock when the process ends, however it ends. It
/// also works between containers that share the folder, where process ids mean nothing.
struct FileLock {
    private let descriptor: Int32

    /// Waits for the lock; calls `waiting` once if another process holds it. Throws if interrupted or if locking fails.
    init(_ path: String, interrupted: () -> Bool = { false }, waiting: () -> Void = {}) throws {
        var found = try Self.attempt(path)
        if found == nil { waiting() }
        while found == nil {
            if interrupted() { throw Interrupted() }
            usleep(Self.interval)
            found = try Self.attempt(path)
        }
        descriptor = found ?? -1
    }

    /// Nil if another process holds the lock, or if the file cannot be created or locked.
    init?(ifFree path: String) {
        guard let descriptor = try? Self.attempt(path) else { return nil }
        self.descriptor = descriptor
    }

    func release() { close(descriptor) }

    /// Microseconds between two attempts.
    private static let interval: UInt32 = 100_000

    /// Nil if another process holds the lock.
    private static func attempt(_ path: String) throws -> Int32? {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("cannot open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK || code == EINTR else {
                errno = code
                throw failure("cannot lock", path)
            }
            return nil
        }
        // The previous holder may have removed the file: the lock would then be on a deleted file.
        var (own, there) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, stat(path, &there) == 0, own.st_ino == there.st_ino,
            own.st_dev == there.st_dev
        else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func failure(_ what: String, _ path: String) -> ComparisonError {
        .failure("\(what) \(path): \(String(cString: strerror(errno)))", remedy: "name another folder with --cache")
    }
}
