/// How git reads the path of an object folder, in a list of such paths and in `objects/info/alternates`.
package enum AlternatePath {
    /// The path unchanged, or as a quoted C string if git would misread it.
    package static func quoted(_ path: String) -> String {
        guard path.hasPrefix("\"") || path.hasPrefix("#") || path.contains(where: { ":\n".contains($0) }) else {
            return path
        }
        let escaped = path.map { character in
            switch character {
            case "\"", "\\": "\\\(character)"
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
