/// Why a pattern selects no cases.
package struct PatternError: Error, Hashable, Sendable {
    /// The pattern as written.
    package let pattern: String
    package let message: String
    /// Nil if only the caller knows what to do.
    package let remedy: String?

    init(_ pattern: String, _ message: String, remedy: String?) {
        self.pattern = pattern
        self.message = message
        self.remedy = remedy
    }

    static func excludesAll(_ pattern: CasePattern) -> PatternError {
        PatternError(pattern.text, "nothing is left: '\(pattern.text)' excludes the rest", remedy: "exclude less")
    }

    /// No case matches. Suggests another pattern, if one that may have been meant does match.
    static func findsNothing(_ pattern: CasePattern, in cases: [(name: String, label: String)]) -> PatternError {
        let text = pattern.text
        func finds(_ other: String) -> Bool {
            guard let other = try? CasePattern(other) else { return false }
            return cases.contains { (try? other.matches(name: $0.name, label: $0.label)) ?? false }
        }
        let words = FilterWords(text)
        var remedy: String?
        if CasePattern.escaped(text) != text, finds(CasePattern.escaped(text)) {
            remedy = "to find the text literally, write '\(CasePattern.escaped(text))'"
        } else if words.hasNegation {
            remedy = "a filter is a regular expression: use --exclude for what must not match"
        } else if words.count > 1, finds(words.inOrder) {
            remedy = "a filter is a regular expression: for words in this order, write '\(words.inOrder)'"
        } else if words.count > 1, finds(words.pattern) {
            remedy = "a filter is a regular expression: for words in any order, write '\(words.pattern)'"
        }
        return PatternError(text, "'\(text)' matches no case", remedy: remedy)
    }
}
