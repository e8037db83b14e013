import Platform
import Results

/// Escapes any text so that Markdown shows it literally (CommonMark, with GitHub's tables, strikethrough and formulas).
enum Markdown {
    /// A backslash before one of these is not shown.
    private static let special = Set("\\`*[]<>|~&$".unicodeScalars)
    /// At the beginning of a line, these start headings, lists and quotes.
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
                // An underscore within a word has no effect: `mobilenet_v2` stays unchanged.
                || scalar == "_" && !(isWord(index - 1) && isWord(index + 1))
                // "1. " begins a list.
                || (scalar == "." || scalar == ")") && index > 0 && scalars[..<index].allSatisfy(isDigit)
            if isSpecial { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// A list item. All lines of the text belong to the same item.
    static func item(_ text: String) -> String {
        let lines = text.split(separator: "\n").map { line in
            escaped(line.split(separator: " ").joined(separator: " "))
        }
        return "- " + lines.joined(separator: "\\\n  ") + "\n"
    }
}
