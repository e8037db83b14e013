import Foundation
import Workers

/// A file that one process holds at a time; the system lets go of it when the process ends, however it ends.
struct FileLock {
    private let descriptor: Int32

    /// Waits until no other process holds it, and says so once. Throws `Interrupted`, or where the file cannot be made.
    init(_ path: String, interrupted: () -> Bool, waiting: () -> Void) throws {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ComparisonError.failure(
                "cannot open \(path): \(String(cString: strerror(errno)))", remedy: "name another folder with --cache")
        }
        var hasSaid = false
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if interrupted() {
                close(descriptor)
                throw Interrupted()
            }
            if !hasSaid { waiting() }
            hasSaid = true
            usleep(200_000)
        }
    }

    func release() { close(descriptor) }
}
