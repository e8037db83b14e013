/// The filter syntax before regular expressions, still found in older run and comparison files: words separated by
/// spaces that the name or the label contains, `a|b` for either, `!a` for absence.
struct FilterWords {
    private struct Term {
        let isNegated: Bool
        /// A pattern that matches any of the words.
        let pattern: String
    }

    private let terms: [Term]

    init(_ text: String) {
        terms = text.split(separator: " ").map { term in
            let isNegated = term.first == "!"
            let words = term.dropFirst(isNegated ? 1 : 0).split(separator: "|").map { CasePattern.escaped(String($0)) }
            return Term(
                isNegated: isNegated, pattern: words.count == 1 ? words[0] : "(\(words.joined(separator: "|")))")
        }
    }

    var count: Int { terms.count }
    var hasNegation: Bool { terms.contains(where: \.isNegated) }

    /// A pattern for the words in this order.
    var inOrder: String { terms.map(\.pattern).joined(separator: ".*") }

    /// The regular expression that selects the same cases.
    var pattern: String {
        if count == 1, !hasNegation { return terms[0].pattern }
        return #"\A"# + terms.map { $0.isNegated ? "(?!.*\($0.pattern))" : "(?=.*\($0.pattern))" }.joined()
    }
}
