import Foundation

/// A value as one line of JSON. The same value gives the same bytes: keys are sorted, numbers as short as they round-trip.
/// An infinite number (the error of a NaN) is written as "inf".
package enum JSONLine {
    /// The line's bytes with its end.
    package static func encode(_ value: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value) + [UInt8(ascii: "\n")]
    }

    /// Writes JSON as all files of ours have it.
    static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }

    /// Reads a line, with or without its end.
    package static func decode<Value: Decodable>(_ type: Value.Type, from line: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(type, from: line)
    }
}
