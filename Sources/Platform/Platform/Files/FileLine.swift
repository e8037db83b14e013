import Foundation

/// One line of a file of JSON lines.
package struct FileLine: Sendable {
    /// Counted from 1.
    package let number: Int
    package let bytes: Data
    /// Whether the line ends with a line break; if not, it was cut off.
    let isWhole: Bool

    /// Why a line cannot be read.
    package struct Fault: Error {
        package let message: String
        /// What to do about it; nil if the other lines can still be used.
        package let remedy: String?

        package init(_ message: String, remedy: String? = nil) {
            self.message = message
            self.remedy = remedy
        }
    }

    /// In bytes; longer than any line we write, even the record of a million samples.
    static let longest = 64 << 20

    /// Decodes the line. Throws if it is damaged or holds impossible values.
    package func decoded<Value: Decodable & Checked>(as type: Value.Type) throws(Fault) -> Value {
        guard bytes.count <= Self.longest else { throw Fault("the line is longer than \(Self.longest >> 20) MiB") }
        guard isWhole else { throw Fault("the line is cut off") }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Fault("the line is not UTF-8 text")
        }
        let value: Value
        do {
            value = try JSONLine.decode(type, from: bytes)
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault("the line is damaged: \(JSONFault(error, in: bytes).message)")
        }
        if let message = value.inconsistency { throw Fault("the line is damaged: \(message)") }
        return value
    }
}

/// The lines of a file that are not blank.
package struct FileLines: Sequence, IteratorProtocol, Sendable {
    private let bytes: Data
    /// Offset from the first byte of the file.
    private var start = 0
    private var number = 0

    package init(_ bytes: Data) { self.bytes = bytes }

    package mutating func next() -> FileLine? {
        while start < bytes.count {
            let end = endOfLine()
            let line = bytes.dropFirst(start).prefix((end ?? bytes.count) - start)
            number += 1
            start = end.map { $0 + 1 } ?? bytes.count
            if !line.allSatisfy(Self.isBlank) { return FileLine(number: number, bytes: line, isWhole: end != nil) }
        }
        return nil
    }

    /// The offset of the break that ends the line beginning at `start`; nil if the file ends first.
    private func endOfLine() -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard let first = buffer.baseAddress,
                let found = memchr(first + start, Int32(UInt8(ascii: "\n")), buffer.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - first
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
