import Foundation

/// Why a line could not be read as JSON, in plain words. The library's own message names types, and calls too large
/// numbers invalid JSON.
struct JSONFault {
    let message: String

    /// - Parameter line: the line that could not be read.
    init(_ error: any Error, in line: Data) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            message = Self.said("'\(key.stringValue)' is missing", at: context)
        case .typeMismatch(let type, let context):
            message = Self.said("not \(Self.name(of: type))", at: context)
        case .valueNotFound(let type, let context):
            message = Self.said("null instead of \(Self.name(of: type))", at: context)
        case .dataCorrupted(let context) where !context.debugDescription.contains("not valid JSON"):
            message = Self.said(String(context.debugDescription.prefix(200)), at: context)
        default:
            var scan = NumberScan(line)
            message = scan.unreadable() ?? "it is not JSON"
        }
    }

    private static func said(_ words: String, at context: DecodingError.Context) -> String {
        // The payload of an enum case has no name of its own.
        let place = context.codingPath.map(\.stringValue).filter { $0 != "_0" }.joined(separator: ".")
        return (place.isEmpty ? "" : "\(place.prefix(200)): ") + words
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is any FixedWidthInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }
}

/// Finds the number in a line that is too large for the program.
private struct NumberScan {
    private let bytes: Data
    private var place: Data.Index
    /// The last text before the number: its key, if it is in an object.
    private var key = ""

    init(_ bytes: Data) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    mutating func unreadable() -> String? {
        while place < bytes.endIndex {
            switch bytes[place] {
            case UInt8(ascii: "\""): key = text()
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let start = place
                while place < bytes.endIndex, Self.isOfNumber(bytes[place]) { place += 1 }
                let number = String(decoding: bytes[start..<place], as: UTF8.self)
                let isReadable =
                    number.utf8.contains { ".eE".utf8.contains($0) }
                    ? Double(number)?.isFinite ?? true : Int(number) != nil
                if !isReadable { return "\(key.prefix(200)): the number \(number.prefix(40)) is too large" }
            default: place += 1
            }
        }
        return nil
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }

    /// Reads the text that begins here, and moves past it.
    private mutating func text() -> String {
        place += 1
        let start = place
        while place < bytes.endIndex, bytes[place] != UInt8(ascii: "\"") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(place, bytes.endIndex)
        place = min(end + 1, bytes.endIndex)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
