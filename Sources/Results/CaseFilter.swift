/// Chooses cases by their names and labels: `--filter EXPR`, and `filter:` of a plot.
///
/// Terms are separated by spaces and all must hold. A term holds where the name or the label contains it, whatever the
/// case of its letters; `a|b` where either does; `!a` where it does not.
package struct CaseFilter: Sendable {
    private struct Term: Sendable {
        let negated: Bool
        let alternatives: [String]
    }

    package let text: String
    private let terms: [Term]

    package init(_ text: String) {
        self.text = text
        terms = text.lowercased().split(separator: " ").map { word in
            let negated = word.first == "!"
            return Term(
                negated: negated, alternatives: word.dropFirst(negated ? 1 : 0).split(separator: "|").map(String.init))
        }
    }

    /// Whether a case of this name and label is chosen.
    package func matches(name: String, label: String) -> Bool {
        let texts = [name.lowercased(), label.lowercased()]
        return terms.allSatisfy { term in
            term.negated != term.alternatives.contains { word in texts.contains { $0.contains(word) } }
        }
    }
}
