import Foundation
import Platform

/// Writes a run file, one line at a time.
package final class RunFileWriter: Sendable {
    private let lines: LineWriter
    package var path: String { lines.path }

    /// Creates a new file and its missing parent folders. Throws if the file exists.
    package init(creating path: String, write: @escaping LineWriter.Write = Glibc.write) throws(FileError) {
        lines = try LineWriter(creating: path, write: write)
    }

    /// Continues a file, after cutting off a half line at its end. Throws if another process is writing it.
    package init(resuming path: String, write: @escaping LineWriter.Write = Glibc.write) throws(FileError) {
        lines = try LineWriter(resuming: path, write: write)
    }

    /// Writes a line, and waits until it is on the disk. Throws if the line is inconsistent or writing fails.
    package func append(_ line: RunLine) throws(FileError) {
        if let message = line.inconsistency {
            throw FileError(path, "not written: \(message)", remedy: "this is a bug in Assay: please report it")
        }
        do {
            try lines.append(line)
        } catch { throw error.beforeResuming }
    }
}
