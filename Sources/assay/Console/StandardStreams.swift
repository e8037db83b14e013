import Foundation
import Platform
import Results
import Synchronization

/// Standard input, output and error, whatever the caller did with them.
///
/// Everything is written at once, without a buffer: in a file that holds both output and error no line stands inside another.
enum StandardStreams {
    /// Opens those that the caller closed on nothing: the next file to be opened, a run file, would else take their number
    /// and what is printed with it. A reader that closes its pipe ends no run either: what it does not read is dropped.
    static func open() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            _ = Glibc.open("/dev/null", O_RDWR)
        }
        // Heard and not ignored: programs that are started would inherit that it is ignored.
        signal(SIGPIPE) { _ in }
    }

    /// Writes lines of text for people to standard output: no control characters but the ends of lines.
    static func print(_ text: String, terminator: String = "\n") { put((text + terminator).plainLines) }

    /// Writes text for programs to standard output: as it is, but on a terminal, as lines of text.
    static func printData(_ text: String) { put(isatty(STDOUT_FILENO) == 1 ? text.plainLines : text) }

    /// Writes to standard error. If nobody can read it there is nobody to tell.
    static func tell(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// What became of standard output.
    private enum Output { case whole, unread, failed(Int32), told }
    private static let output = Mutex(Output.whole)

    private static func put(_ text: String) {
        output.withLock { output in
            guard case .whole = output else { return }
            switch write(text, to: STDOUT_FILENO) {
            case 0: break
            case EPIPE: output = .unread
            case let code: output = .failed(code)
            }
        }
    }

    /// Whether results could not be written, and nobody chose not to read them; says so once.
    static func hasFailed() -> Bool {
        let failure = output.withLock { output -> Int32? in
            guard case .failed(let code) = output else { return nil }
            output = .told
            return code
        }
        guard let failure else { return false }
        Diagnostics.error(
            "standard output cannot be written: \(String(cString: strerror(failure))); free some space, or print elsewhere"
        )
        return true
    }

    /// Writes all of it, or returns the error number.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Someone who shares the terminal made it not wait.
                    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = Glibc.poll(&poll, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
    }
}
