/// Why a program's machine code cannot be read, and the remedy.
package struct MachineCodeError: Error, Hashable, CustomStringConvertible {
    package let path: String
    package let message: String
    package let remedy: String

    /// The error for a file that begins as a program but is damaged.
    static func damaged(_ path: String, _ what: String) -> MachineCodeError {
        MachineCodeError(path: path, message: "\(what) lies outside the file", remedy: "build the program again")
    }

    package var description: String { "\(path): \(message); \(remedy)" }
}
