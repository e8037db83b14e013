import CPlatform
import Foundation

/// Standard input, output and error, whatever the caller did with them.
enum StandardStreams {
    /// Opens those that the caller closed on nothing: the next file to be opened, a run file, would else take their number
    /// and what is printed with it.
    static func open() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            _ = Glibc.open("/dev/null", O_RDWR)
        }
    }

    /// Hands over what is still in buffers. Throws an exit code, after a line that says why, where it cannot be written.
    static func flush() throws {
        guard assay_flush_output() == 0 else { return }
        Diagnostics.error("standard output cannot be written; free some space, or print elsewhere")
        throw Exit.unmeasured
    }

    /// Writes to standard error, after what was printed before: in a file that holds both, no line stands inside another.
    /// If nobody can read it there is nobody to tell.
    static func tell(_ text: String) {
        _ = assay_flush_output()
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
