import Foundation

/// Writes a text to a temporary file, then renames it: readers see the whole old file or the whole new one. If the path
/// is not a regular file but a link or a device, it is written to directly.
enum ReplacedFile {
    /// Writes or replaces a file.
    static func write(_ path: String, text: String) throws(ReportProblem) {
        guard try isReplaced(path) else {
            return try write(text, into: fdopen(try descriptor(of: path), "w"), path: path)
        }
        let url = URL(fileURLWithPath: path)
        let workshop = try Workshop(in: url.deletingLastPathComponent().path)
        try workshop.write(url.lastPathComponent) { (aside) throws(ReportProblem) in try write(text, to: aside) }
    }

    /// Throws if a file could not be written, before there is anything to write. Leaves nothing behind.
    static func check(_ path: String) throws(ReportProblem) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if try isReplaced(path) {
            _ = try Workshop(in: folder)
        } else if access(path, F_OK) == 0 {
            close(try descriptor(of: path))
        } else if let destination = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
            try check(destination.hasPrefix("/") ? destination : "\(folder)/\(destination)")
        }
    }

    /// Whether the path is a regular file or does not exist.
    private static func isReplaced(_ path: String) throws(ReportProblem) -> Bool {
        var found = stat()
        let error = stat(path, &found) == 0 ? 0 : errno
        guard error == 0 || error == ENOENT else { throw .writing(path, errno: error) }
        guard error != 0 || found.st_mode & S_IFMT != S_IFDIR, !path.hasSuffix("/") else {
            throw .writing(path, errno: EISDIR)
        }
        return lstat(path, &found) != 0 || found.st_mode & S_IFMT == S_IFREG
    }

    /// Writes a new file.
    static func write(_ text: String, to path: String) throws(ReportProblem) {
        try write(text, into: fopen(path, "wxe"), path: path)
    }

    /// Opens a path that is not a regular file. Throws for a pipe without a reader, which would block.
    private static func descriptor(of path: String) throws(ReportProblem) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .writing(path, errno: errno) }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        return descriptor
    }

    private static func write(
        _ text: String, into file: UnsafeMutablePointer<FILE>?, path: String
    ) throws(ReportProblem) {
        guard let file else { throw .writing(path, errno: errno) }
        let bytes = Array(text.utf8)
        errno = 0
        let written = fwrite(bytes, 1, bytes.count, file)
        let failed = written < bytes.count ? errno : 0
        // Closing writes the rest of the buffer, and may be the first to find the disk full.
        let closed = fclose(file) == 0 ? 0 : errno
        guard failed == 0, closed == 0 else { throw .writing(path, errno: failed != 0 ? failed : closed) }
    }
}
