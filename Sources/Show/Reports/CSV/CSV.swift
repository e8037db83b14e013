/// Comma-separated values (RFC 4180, but with LF at the end of lines, as common tools expect).
package enum CSV {
    /// The shortest decimal that reads back as the same double; whole numbers without a point.
    package static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? value.description
    }

    /// A line of fields, each quoted if necessary.
    package static func line(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\n" }

    /// Quotes a field that contains a comma, a quote or a line break.
    static func field(_ text: String) -> String {
        let text = harmless(text)
        // Scalars, not characters: Swift reads CR LF as one.
        guard text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// Puts an apostrophe before text that a spreadsheet would run as a formula (CWE-1236); numbers stay unchanged.
    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) else { return text }
        return text.decimal != nil ? text : "'" + text
    }
}
