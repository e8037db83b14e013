#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Something that kept a part of a report from being made, and what to do about it.
package struct ReportProblem: Error, Hashable, Sendable {
    package let message: String
    package let remedy: String
    /// Nothing more will fit either.
    let isDiskFull: Bool

    package init(_ message: String, remedy: String, isDiskFull: Bool = false) {
        self.message = message
        self.remedy = remedy
        self.isDiskFull = isDiskFull
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
            isDiskFull: code == ENOSPC || code == EDQUOT)
    }
}

extension ReportProblem: CustomStringConvertible {
    /// One line, whatever the parts hold.
    package var description: String { "\(message); \(remedy)".onOneLine }
}

extension String {
    /// The same text with every control character, line breaks included, as a space.
    var onOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory.breaksLines ? " " : $0 }))
    }

    /// At most so many characters, the middle left out: both ends of a label tell it from others.
    func shortened(to limit: Int) -> String {
        guard count > limit, limit > 2 else { return self }
        let head = limit / 2
        return prefix(head) + "…" + suffix(limit - head - 1)
    }
}

extension Unicode.GeneralCategory {
    fileprivate var breaksLines: Bool {
        switch self {
        case .control, .lineSeparator, .paragraphSeparator, .format: true
        default: false
        }
    }
}
