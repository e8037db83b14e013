import Foundation
import Platform

/// Writes a run file: a line of `LineWriter`'s for each thing that became known.
package final class RunFileWriter: Sendable {
    private let lines: LineWriter
    package var path: String { lines.path }

    /// Makes a new file and the folders above it. Throws if there is one of that name.
    package init(creating path: String, write: @escaping LineWriter.Write = Glibc.write) throws(FileError) {
        lines = try LineWriter(creating: path, write: write)
    }

    /// Continues a file: a half line at its end is cut off. Throws if another process is writing it.
    package init(resuming path: String, write: @escaping LineWriter.Write = Glibc.write) throws(FileError) {
        lines = try LineWriter(resuming: path, write: write)
    }

    /// Writes a line, and waits until the disk has it. Throws if the line cannot be true or the disk does not take it.
    package func append(_ line: RunLine) throws(FileError) {
        if let message = line.inconsistency {
            throw FileError(path, "not written: \(message)", remedy: "this is a bug in Assay: please report it")
        }
        do {
            try lines.append(line)
        } catch { throw error.beforeResuming }
    }
}
