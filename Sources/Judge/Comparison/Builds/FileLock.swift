import Foundation
import Platform

/// A file that one process holds at a time; the system lets go of it when the process ends, however it ends. It holds between
/// containers that share the folder too, where the number of a process says nothing.
struct FileLock {
    private let descriptor: Int32

    /// Waits until no other process holds it, and says so once. Throws `Interrupted`, or where the file cannot be made or locked.
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

    /// Nil while another process holds it, and where the file cannot be made or locked.
    init?(ifFree path: String) {
        guard let descriptor = try? Self.attempt(path) else { return nil }
        self.descriptor = descriptor
    }

    func release() { close(descriptor) }

    /// Microseconds between two looks.
    private static let interval: UInt32 = 100_000

    /// Nil while another holds it.
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
        // Whoever held it may have removed the file: then the lock is on nothing.
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
