/// Reads a text file line by line and word by word, and knows the line for its errors. Every access is within the
/// bytes, whatever they are.
struct LineScanner {
    private let bytes: UnsafeRawBufferPointer
    private let file: String
    private var position = 0
    private var line = 0

    init(_ bytes: UnsafeRawBufferPointer, file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// The number of bytes not yet read.
    var remaining: Int { bytes.count - position }

    func error(_ message: String, remedy: String) -> ShapeError {
        ShapeError("\(file):\(max(line, 1)): \(message)", parameter: "graph", remedy: remedy)
    }

    /// Goes to the next line with a word in it and skips comments (`%`); false at the end of the file.
    mutating func nextLine(skippingComments: Bool = true) -> Bool {
        while position < bytes.count {
            line += 1
            skipBlanks()
            let isComment = skippingComments && position < bytes.count && bytes[position] == Ascii.percent
            if !isComment, !atEndOfLine { return true }
            while !atEndOfLine { position += 1 }
            position += 1
        }
        position = bytes.count
        return false
    }

    /// The next word of the line, empty if there is none. A long word is cut.
    mutating func word() -> String {
        let word = rawWord()
        return String(decoding: word.prefix(40), as: UTF8.self)
    }

    /// Reads a whole number without a sign.
    mutating func whole(_ what: String, in range: ClosedRange<Int>) throws(ShapeError) -> Int {
        let word = rawWord()
        var number: Int? = word.isEmpty ? nil : 0
        for byte in word {
            guard let before = number, Ascii.digits.contains(byte), before <= range.upperBound else {
                number = nil
                break
            }
            // `before` fits in 32 bits, so this cannot overflow.
            number = before * 10 + Int(byte - Ascii.digits.lowerBound)
        }
        guard let number, range.contains(number) else {
            let text = String(decoding: word.prefix(40), as: UTF8.self)
            throw error(
                "'\(text)' where \(what) must stand",
                remedy: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Reads a number that is finite in single precision.
    mutating func number() throws(ShapeError) -> Float {
        let word = rawWord()
        // No number needs more; a longer word is not worth decoding.
        guard word.count <= 400, let number = Float(String(decoding: word, as: UTF8.self)), number.isFinite else {
            let text = String(decoding: word.prefix(40), as: UTF8.self)
            throw error("'\(text)' where a value must stand", remedy: "write a number that single precision can hold")
        }
        return number
    }

    /// Goes past the end of the line; throws if another word comes before it.
    mutating func endLine() throws(ShapeError) {
        let rest = word()
        guard rest.isEmpty else { throw error("'\(rest)' at the end of the line", remedy: "take it away") }
        position = min(position + 1, bytes.count)
    }

    private enum Ascii {
        static let newline = UInt8(ascii: "\n")
        static let percent = UInt8(ascii: "%")
        static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    }

    private var atEndOfLine: Bool { position >= bytes.count || bytes[position] == Ascii.newline }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    private mutating func skipBlanks() {
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    }

    private mutating func rawWord() -> Slice<UnsafeRawBufferPointer> {
        skipBlanks()
        let start = position
        while !atEndOfLine, !isBlank(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }
}
