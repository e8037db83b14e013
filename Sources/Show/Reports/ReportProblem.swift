import Platform
import Results

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a part of a report could not be made, and the remedy.
package struct ReportProblem: Error, Hashable, Sendable {
    package let message: String
    package let remedy: String
    /// Whether everything after it would fail in the same way: the disk is full, or gnuplot hangs.
    let isFinal: Bool

    package init(_ message: String, remedy: String, isFinal: Bool = false) {
        self.message = message
        self.remedy = remedy
        self.isFinal = isFinal
    }

    /// A file that could not be written, with the system's reason.
    static func writing(_ path: String, errno code: Int32) -> ReportProblem {
        let remedy =
            switch code {
            case ENOSPC, EDQUOT: "free some space, then report again"
            case EACCES, EPERM, EROFS: "make the folder writable, or choose another"
            default: "check the folder, or choose another"
            }
        return ReportProblem(
            "cannot write \(path): \(String(cString: strerror(code)))", remedy: remedy,
            isFinal: code == ENOSPC || code == EDQUOT)
    }
}

extension ReportProblem: CustomStringConvertible {
    /// One line, whatever the parts contain.
    package var description: String { "\(message); \(remedy)".onOneLine }
}
