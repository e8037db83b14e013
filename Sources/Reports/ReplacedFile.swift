import Foundation

/// A text that is written aside and then takes its name: who reads the name sees the old file or the new one, whole.
enum ReplacedFile {
    /// Writes a file, or replaces it.
    static func write(_ path: String, text: String) throws(ReportProblem) {
        let url = URL(fileURLWithPath: path)
        let workshop = try Workshop(in: url.deletingLastPathComponent().path)
        try workshop.write(url.lastPathComponent) { (aside) throws(ReportProblem) in try write(text, to: aside) }
    }

    /// Writes a new file.
    static func write(_ text: String, to path: String) throws(ReportProblem) {
        guard let file = fopen(path, "wxe") else { throw .writing(path, errno: errno) }
        let bytes = Array(text.utf8)
        errno = 0
        let written = fwrite(bytes, 1, bytes.count, file)
        let failed = written < bytes.count ? errno : 0
        // Closing writes what the buffer still holds, and may be what finds the disk full.
        let closed = fclose(file) == 0 ? 0 : errno
        guard failed == 0, closed == 0 else { throw .writing(path, errno: failed != 0 ? failed : closed) }
    }
}
