import Glibc

/// What is wrong with a file or its folder: where, what, and what to do about it.
package struct FileError: Error, Hashable, Sendable {
    package let path: String
    /// Counted from 1; nil if it is no line that is wrong.
    package let line: Int?
    package let message: String
    package let remedy: String
    /// The system's error number, where it is the system that refused.
    package let code: Int32?

    package init(_ path: String, line: Int? = nil, _ message: String, remedy: String, code: Int32? = nil) {
        self.path = path
        self.line = line
        self.message = message
        self.remedy = remedy
        self.code = code
    }

    /// What the system refused: `attempt` is a phrase such as "cannot write".
    package static func system(_ path: String, _ attempt: String, code: Int32) -> FileError {
        let remedy =
            switch code {
            case ENOSPC, EDQUOT: "free some space"
            case EACCES, EPERM, EROFS: "choose a folder that this user may write to, or change its permissions"
            case ENOENT: "check the path"
            case EEXIST, ENOTDIR: "move away what stands there"
            default: "check the disk"
            }
        return FileError(path, "\(attempt): \(String(cString: strerror(code)))", remedy: remedy, code: code)
    }

    /// The same, of a file that a run goes on with when nothing stands in the way any more.
    package var beforeResuming: FileError {
        guard code != nil else { return self }
        return FileError(path, line: line, message, remedy: "\(remedy), then continue with --resume", code: code)
    }
}

extension FileError: CustomStringConvertible {
    package var description: String {
        "\(path)\(line.map { ":\($0)" } ?? ""): \(message); \(remedy)"
    }
}
