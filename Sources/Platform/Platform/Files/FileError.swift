import Glibc

/// What is wrong with a file or its folder: the place, the fault and the remedy.
package struct FileError: Error, Hashable, Sendable {
    package let path: String
    /// Counted from 1; nil if the fault is not in a single line.
    package let line: Int?
    package let message: String
    package let remedy: String
    /// The system's error number, if the system refused.
    package let code: Int32?

    package init(_ path: String, line: Int? = nil, _ message: String, remedy: String, code: Int32? = nil) {
        self.path = path
        self.line = line
        self.message = message
        self.remedy = remedy
        self.code = code
    }

    /// An error that the system reported. `attempt` is a phrase such as "cannot write".
    package static func system(_ path: String, _ attempt: String, code: Int32) -> FileError {
        let remedy =
            switch code {
            case ENOSPC, EDQUOT: "free some space"
            case EACCES, EPERM, EROFS: "choose a folder that this user may write to, or change its permissions"
            case ENOENT: "check the path"
            case EEXIST, ENOTDIR: "move away the file that is there"
            default: "check the disk"
            }
        return FileError(path, "\(attempt): \(String(cString: strerror(code)))", remedy: remedy, code: code)
    }

    /// The same error for the file of a run: the remedy adds that the run can then be continued.
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
