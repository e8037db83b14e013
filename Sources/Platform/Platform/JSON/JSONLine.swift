import Foundation

/// A value as one line of JSON. Equal values give equal bytes: keys are sorted, and numbers have the fewest digits that
/// round-trip. An infinite number (the error of a NaN) is written as "inf".
package enum JSONLine {
    /// The bytes of the line with its line break.
    package static func encode(_ value: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value) + [UInt8(ascii: "\n")]
    }

    /// An encoder with the settings that all our files share.
    static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }

    /// Decodes a line, with or without its line break.
    package static func decode<Value: Decodable>(_ type: Value.Type, from line: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(type, from: line)
    }
}
