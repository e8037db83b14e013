import Foundation
import Synchronization

/// Writes a file of JSON lines, one whole line at a time.
///
/// A line is on the disk, all of it, when `append` returns; where it throws, the file ends with the last whole line before.
/// Several threads may append.
package final class LineWriter: Sendable {
    package let path: String
    private let state: Mutex<State>
    private let write: Write

    /// The system call; a test has one that fails if it wants.
    package typealias Write = @Sendable (Int32, UnsafeRawPointer?, Int) -> Int

    private struct State {
        let descriptor: Int32
        /// Bytes of the whole lines.
        var length: off_t
    }

    /// Makes a new file and the folders above it. Throws if there is one of that name.
    package init(creating path: String, write: @escaping Write = Glibc.write) throws(FileError) {
        try createFolder((path as NSString).deletingLastPathComponent.nonEmpty ?? ".")
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(path, "cannot create", code: errno) }
        // Nobody else can have it yet; from here on nobody may continue it.
        flock(descriptor, LOCK_EX | LOCK_NB)
        self.path = path
        self.write = write
        state = Mutex(State(descriptor: descriptor, length: 0))
    }

    /// Continues a file: a half line at its end is cut off. Throws if another process is writing it.
    package init(resuming path: String, write: @escaping Write = Glibc.write) throws(FileError) {
        let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path, "cannot continue", code: errno) }
        // The system lets go of the lock when the writer ends, however it ends. Some file systems have no locks.
        var refusals = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK, refusals < 20 {
            // A program that the writer was just starting holds it too, until it is another program.
            usleep(10_000)
            refusals += 1
        }
        if refusals == 20 {
            close(descriptor)
            throw FileError(
                path, "another process is writing it", remedy: "wait until it ends, or end it, and try again")
        }
        let length = Self.lengthOfWholeLines(descriptor)
        // A device has no length that could be set, and none to cut.
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

    /// Writes a value as a line, and waits until the disk has it. Throws if it has no JSON or the disk does not take it.
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
        // EINVAL: what is written to has nothing to wait for (a device).
        fsync(descriptor) == 0 || errno == EINVAL ? nil : errno
    }

    /// Looks for the last end of a line, from the end of the file backwards.
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
