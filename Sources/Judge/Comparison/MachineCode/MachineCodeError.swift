/// A program whose machine code cannot be read, why, and what to do about it.
package struct MachineCodeError: Error, Hashable, CustomStringConvertible {
    package let path: String
    package let message: String
    package let remedy: String

    /// A file that begins as a program does and then is none.
    static func damaged(_ path: String, _ what: String) -> MachineCodeError {
        MachineCodeError(path: path, message: "\(what) lies outside the file", remedy: "build the program again")
    }

    package var description: String { "\(path): \(message); \(remedy)" }
}
