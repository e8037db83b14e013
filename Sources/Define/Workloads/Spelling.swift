/// Finds the valid word that is nearest to an invalid one.
package enum Spelling {
    /// Nobody reads a longer list of words to the end.
    private static let mostListed = 40

    /// "did you mean 'conv2d'?", or the list of words if none is near; of many words, only the nearest.
    package static func suggestion(for word: String, among words: [String]) -> String {
        if let nearest = nearest(to: word, among: words) { return "did you mean '\(nearest)'?" }
        let ranked = ranked(words, by: word)
        if words.count > mostListed {
            let near = ranked.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(8).map(\.0)
            return "of \(words.count) words the nearest are " + near.joined(separator: ", ")
        }
        return words.isEmpty ? "there is none to choose from" : "choose one of " + words.joined(separator: ", ")
    }

    /// The word that was probably meant; nil if none is near.
    package static func nearest(to word: String, among words: [String]) -> String? {
        // If no letter is left, a word is not near: 'm' is no misspelling of 'k'.
        if let (nearest, distance) = ranked(words, by: word).min(by: { $0.1 < $1.1 }),
            distance <= max(2, word.count / 3),
            distance < min(word.count, nearest.count)
        {
            return nearest
        }
        let long = words.filter { isShort(word, for: $0) }
        return long.count == 1 ? long[0] : nil
    }

    private static func ranked(_ words: [String], by word: String) -> [(String, Int)] {
        words.map { ($0, distance(word.lowercased(), $0.lowercased())) }
    }

    /// Whether a word is another one with letters left out: `foldbn` for `fold-batch-norm`.
    private static func isShort(_ word: String, for long: String) -> Bool {
        guard word.utf8.count >= 4 else { return false }
        var rest = word.lowercased().utf8[...]
        for letter in long.lowercased().utf8 where letter == rest.first { rest = rest.dropFirst() }
        return rest.isEmpty
    }

    /// The number of edits between two words; a swap of neighbours counts as one (Damerau and Levenshtein, restricted).
    static func distance(_ a: String, _ b: String) -> Int {
        // Long words are not spelling mistakes; this also bounds the work for hostile input.
        let (a, b) = (Array(a.utf8.prefix(64)), Array(b.utf8.prefix(64)))
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
