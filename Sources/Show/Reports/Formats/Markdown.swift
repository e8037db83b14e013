import Platform
import Results

/// Texts of any content as Markdown that shows them as they are (CommonMark, with the tables, strikethrough and formulas of
/// GitHub).
enum Markdown {
    /// A backslash before these is never seen.
    private static let special = Set("\\`*[]<>|~&$".unicodeScalars)
    /// At the beginning of a line they make headings, lists and quotes.
    private static let atBeginning = Set("#+-=".unicodeScalars)

    /// A text on one line.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        let scalars = Array(text.onOneLine.unicodeScalars)
        func isWord(_ index: Int) -> Bool {
            scalars.indices.contains(index) && (scalars[index].properties.isAlphabetic || isDigit(scalars[index]))
        }
        for (index, scalar) in scalars.enumerated() {
            let isSpecial =
                special.contains(scalar) || index == 0 && atBeginning.contains(scalar)
                // Within a word an underscore means nothing: `mobilenet_v2` stays as it is.
                || scalar == "_" && !(isWord(index - 1) && isWord(index + 1))
                // "1. " begins a list.
                || (scalar == "." || scalar == ")") && index > 0 && scalars[..<index].allSatisfy(isDigit)
            if isSpecial { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// An item of a list. Each further line of the text is one of the item.
    static func item(_ text: String) -> String {
        let lines = text.split(separator: "\n").map { line in
            escaped(line.split(separator: " ").joined(separator: " "))
        }
        return "- " + lines.joined(separator: "\\\n  ") + "\n"
    }
}
