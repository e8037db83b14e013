/// Why a comparison is not possible, and the remedy.
package struct ComparisonError: Error, Hashable, CustomStringConvertible {
    /// Whether the request is wrong; otherwise something failed.
    package let isUsage: Bool
    package let message: String
    package let remedy: String
    /// The output of a compiler, line by line.
    package var details: [String] = []

    /// An invalid request.
    package static func usage(_ message: String, remedy: String) -> ComparisonError {
        ComparisonError(isUsage: true, message: message, remedy: remedy)
    }

    /// Something that failed.
    package static func failure(_ message: String, remedy: String, details: [String] = []) -> ComparisonError {
        ComparisonError(isUsage: false, message: message, remedy: remedy, details: details)
    }

    package var description: String { "\(message); \(remedy)" }
}
