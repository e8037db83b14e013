import CPlatform
import Glibc

/// The two ends of a pipe, closed in children that are not given them.
struct Pipe {
    let read: Int32
    let write: Int32

    static func open() throws(RunError) -> Pipe {
        var ends: [Int32] = [0, 0]
        let error = assay_pipe(&ends)
        guard error == 0 else { throw none(-error) }
        return Pipe(read: ends[0], write: ends[1])
    }

    /// A pair of sockets in place of a pipe: writing to a child that is gone is then an error, not a signal.
    static func openSockets() throws(RunError) -> Pipe {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw none(errno) }
        return Pipe(read: ends[0], write: ends[1])
    }

    /// The bytes available now, or nil at the end.
    static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> ArraySlice<UInt8>? {
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { return [] }
        return count > 0 ? buffer[..<count] : nil
    }

    private static func none(_ code: Int32) -> RunError {
        RunError(
            "cannot create a pipe: \(String(cString: strerror(code)))",
            remedy: "raise the limit of open files (ulimit -n)")
    }
}
