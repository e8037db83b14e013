/// Comma-separated values (RFC 4180, but with lines ended by LF, as tools expect it here).
package enum CSV {
    /// The shortest decimal that is read back as the same double; whole numbers without a point.
    package static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? value.description
    }

    /// A line of fields, each quoted where it must be.
    package static func line(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\n" }

    /// Quoted where a comma, a quote or a line break would be misread.
    static func field(_ text: String) -> String {
        let text = harmless(text)
        // Scalars, not characters: Swift reads CR LF as one.
        guard text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// With an apostrophe before what a spreadsheet would run as a formula (CWE-1236); numbers stay numbers.
    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) else { return text }
        return text.decimal != nil ? text : "'" + text
    }
}
