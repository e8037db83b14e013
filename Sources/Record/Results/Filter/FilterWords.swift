/// What a filter was before it was a regular expression, as older run files and comparison files have it: words separated by
/// spaces that the name or the label holds, `a|b` for either, `!a` for none.
struct FilterWords {
    private struct Term {
        let isNegated: Bool
        /// That finds any of its words.
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

    /// The words one after the other.
    var inOrder: String { terms.map(\.pattern).joined(separator: ".*") }

    /// The regular expression that chooses the same cases.
    var pattern: String {
        if count == 1, !hasNegation { return terms[0].pattern }
        return #"\A"# + terms.map { $0.isNegated ? "(?!.*\($0.pattern))" : "(?=.*\($0.pattern))" }.joined()
    }
}
