/// Why a comparison is not possible, and what to do about it.
package struct ComparisonError: Error, Hashable, CustomStringConvertible {
    /// Whether the request is wrong, and not something that happened.
    package let isUsage: Bool
    package let message: String
    package let remedy: String
    /// What a compiler said, line by line.
    package var details: [String] = []

    /// A request that makes no sense.
    package static func usage(_ message: String, remedy: String) -> ComparisonError {
        ComparisonError(isUsage: true, message: message, remedy: remedy)
    }

    /// Something that failed.
    package static func failure(_ message: String, remedy: String, details: [String] = []) -> ComparisonError {
        ComparisonError(isUsage: false, message: message, remedy: remedy, details: details)
    }

    package var description: String { "\(message); \(remedy)" }
}
