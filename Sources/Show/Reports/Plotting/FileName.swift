/// File names made from arbitrary words.
enum FileName {
    /// The parts joined by `-`; every character that is not a letter, a digit, `.`, `_` or `-` becomes `-`. Never
    /// empty, hidden, or outside the folder.
    static func stem(_ parts: [String]) -> String {
        let text = parts.filter { !$0.isEmpty }.joined(separator: "-")
        let scalars = text.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isPlain || "._-".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
        }
        let plain = String(scalars.drop { $0 == "." || $0 == "-" }.prefix(100))
        return plain.isEmpty ? "report" : plain
    }
}
