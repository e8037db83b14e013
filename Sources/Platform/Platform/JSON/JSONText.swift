import Foundation

/// A value as JSON that people can read. Equal values give equal bytes: keys are sorted, and infinite numbers are
/// written as in a `JSONLine`.
package enum JSONText {
    package static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONLine.encoder([.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
