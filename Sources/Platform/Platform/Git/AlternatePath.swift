/// How git reads the path of a folder of objects, in a list of them and in the file `objects/info/alternates`.
package enum AlternatePath {
    /// As it is, or as a string of C where it would be misread.
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
