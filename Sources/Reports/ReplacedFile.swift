import Foundation

/// Files that are written aside and then take their name: who reads the name sees the old one or the new one, whole.
enum ReplacedFile {
    /// Gives `write` a name beside `path`, and moves what it made to `path`. Where that fails nothing new is left.
    static func write(_ path: String, by write: (String) throws(ReportProblem) -> Void) throws(ReportProblem) {
        let url = URL(fileURLWithPath: path)
        let aside = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).\(getpid())").path
        do {
            try write(aside)
            try move(aside, to: path)
        } catch {
            unlink(aside)
            // The name aside is of no use to anyone.
            throw ReportProblem(
                error.message.replacing(aside, with: path), remedy: error.remedy, isDiskFull: error.isDiskFull)
        }
    }

    /// Writes a text.
    static func write(_ path: String, text: String) throws(ReportProblem) {
        try write(path) { (aside) throws(ReportProblem) in
            guard let file = fopen(aside, "we") else { throw .writing(aside, errno: errno) }
            let bytes = Array(text.utf8)
            errno = 0
            let written = fwrite(bytes, 1, bytes.count, file)
            let failed = written < bytes.count ? errno : 0
            // Closing writes what the buffer still holds, and may be what finds the disk full.
            let closed = fclose(file) == 0 ? 0 : errno
            guard failed == 0, closed == 0 else { throw .writing(aside, errno: failed != 0 ? failed : closed) }
        }
    }

    static func move(_ source: String, to path: String) throws(ReportProblem) {
        guard rename(source, path) == 0 else { throw .writing(path, errno: errno) }
    }
}
