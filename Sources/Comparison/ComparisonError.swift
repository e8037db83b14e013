/// Why there is no comparison, and what to do about it.
package struct ComparisonError: Error, Hashable, CustomStringConvertible {
    /// Whether what was asked for is at fault, and not what happened.
    package let isUsage: Bool
    package let message: String
    package let remedy: String
    /// What a compiler said, line by line.
    package var details: [String] = []

    /// Something that was asked for and cannot be meant so.
    package static func usage(_ message: String, remedy: String) -> ComparisonError {
        ComparisonError(isUsage: true, message: message, remedy: remedy)
    }

    /// Something that could not be done.
    package static func failure(_ message: String, remedy: String, details: [String] = []) -> ComparisonError {
        ComparisonError(isUsage: false, message: message, remedy: remedy, details: details)
    }

    package var description: String { "\(message); \(remedy)" }
}
