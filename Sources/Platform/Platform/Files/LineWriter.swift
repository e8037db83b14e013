import Foundation
import Synchronization

/// Writes a file of JSON lines, one whole line at a time.
///
/// When `append` returns, the whole line is on the disk. If it throws, the file still ends with the last whole line.
/// Several threads may append.
package final class LineWriter: Sendable {
    package let path: String
    private let state: Mutex<State>
    private let write: Write

    /// The system call; tests replace it with one that fails on demand.
    package typealias Write = @Sendable (Int32, UnsafeRawPointer?, Int) -> Int

    private struct State {
        let descriptor: Int32
        /// The number of bytes in whole lines.
        var length: off_t
    }

    /// Creates a new file and its missing parent folders. Throws if the file exists.
    package init(creating path: String, write: @escaping Write = Glibc.write) throws(FileError) {
        try createFolder((path as NSString).deletingLastPathComponent.nonEmpty ?? ".")
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(path, "cannot create", code: errno) }
        // Nobody else can have the file open yet; the lock keeps others from continuing it.
        flock(descriptor, LOCK_EX | LOCK_NB)
        self.path = path
        self.write = write
        state = Mutex(State(descriptor: descriptor, length: 0))
    }

    /// Continues a file, after cutting off a half line at its end. Throws if another process is writing it.
    package init(resuming path: String, write: @escaping Write = Glibc.write) throws(FileError) {
        let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path, "cannot continue", code: errno) }
        // The system releases the lock when the writer ends, however it ends. Some file systems have no locks.
        var refusals = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK, refusals < 20 {
            // A child that the writer is just starting also holds the lock, until it calls exec.
            usleep(10_000)
            refusals += 1
        }
        if refusals == 20 {
            close(descriptor)
            throw FileError(
                path, "another process is writing it", remedy: "wait until it ends, or end it, and try again")
        }
        let length = Self.lengthOfWholeLines(descriptor)
        // The length of a device can be neither set nor cut.
        if ftruncate(descriptor, length) != 0, errno != EINVAL {
            let code = errno
            close(descriptor)
            throw .system(path, "cannot cut off the half line at the end", code: code)
        }
        self.path = path
        self.write = write
        state = Mutex(State(descriptor: descriptor, length: length))
    }

    deinit { close(state.withLock(\.descriptor)) }

    /// Writes a value as a line, and waits until it is on the disk. Throws if encoding or writing fails.
    package func append(_ value: some Encodable) throws(FileError) {
        let bytes: Data
        do {
            bytes = try JSONLine.encode(value)
        } catch {
            throw FileError(path, "not written: \(error)", remedy: "this is a bug in Assay: please report it")
        }
        let failure = state.withLock { state -> Int32? in
            guard let code = put(bytes, state.descriptor) ?? sync(state.descriptor) else {
                state.length += off_t(bytes.count)
                return nil
            }
            ftruncate(state.descriptor, state.length)
            return code
        }
        if let failure { throw .system(path, "cannot write", code: failure) }
    }

    /// Writes all bytes, or returns the error number.
    private func put(_ bytes: Data, _ descriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let written = write(descriptor, buffer.baseAddress! + done, buffer.count - done)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return written < 0 ? errno : EIO }
                done += written
            }
            return nil
        }
    }

    private func sync(_ descriptor: Int32) -> Int32? {
        // EINVAL: the file cannot be synced (a device).
        fsync(descriptor) == 0 || errno == EINVAL ? nil : errno
    }

    /// Searches backwards from the end of the file for the last line break.
    private static func lengthOfWholeLines(_ descriptor: Int32) -> off_t {
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { return 0 }
        return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
            var end = found.st_size
            while end > 0 {
                let size = min(Int(end), buffer.count)
                let length = pread(descriptor, buffer.baseAddress, size, end - off_t(size))
                guard length == size else { return end }
                if let last = buffer[..<size].lastIndex(of: UInt8(ascii: "\n")) { return end - off_t(size - last - 1) }
                end -= off_t(size)
            }
            return 0
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
