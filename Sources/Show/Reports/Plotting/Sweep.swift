import Results
import Settings

/// Finds the parameters that a suite sweeps, from its records.
enum Sweep {
    /// Words with numbers that change while the others stay or change in proportion; those with the most values first.
    ///
    /// A sweep has at least three values: two are a comparison, for which bars are better.
    static func found(in data: PlotData) -> [String] {
        let words = Set(data.entries.flatMap { $0.record.parameters.keys }).sorted() + ["threads", "element"]
        var found: [(word: String, values: Int)] = []
        for word in words {
            let entries = data.entries.filter { number($0, word) != nil }
            guard Set(entries.map { number($0, word) }).count >= 3, isSwept(word, in: entries, words: words) else {
                continue
            }
            let values = Set(entries.map { $0[word] }).count
            // Parameters that are proportional to each other (in and out, size and height) are one sweep.
            if let same = found.firstIndex(where: { isProportional($0.word, to: word, in: data.entries) }) {
                if (word.count, word) < (found[same].word.count, found[same].word) { found[same].word = word }
            } else {
                found.append((word, values))
            }
        }
        return found.enumerated().sorted { ($1.element.values, $0.offset) < ($0.element.values, $1.offset) }
            .map(\.element.word)
    }

    /// Whether, with everything else fixed, at least half of the records are in groups with three or more values.
    private static func isSwept(_ word: String, in entries: [Entry], words: [String]) -> Bool {
        let rest = words.filter { $0 != word && !isProportional($0, to: word, in: entries) }
        let families = Dictionary(grouping: entries) { entry in
            [entry.record.name, entry.record.implementation, entry.run.id] + rest.map { entry[$0] ?? "" }
        }
        let swept = families.values.filter { family in Set(family.map { number($0, word) }).count >= 3 }
        return 2 * swept.reduce(0) { $0 + $1.count } >= entries.count
    }

    private static func isProportional(_ word: String, to other: String, in entries: [Entry]) -> Bool {
        var ratio: Double?
        for entry in entries {
            switch (number(entry, word), number(entry, other)) {
            case (let a?, let b?) where b != 0:
                if let ratio, abs(ratio - a / b) > 1e-9 * abs(ratio) { return false }
                ratio = a / b
            default: return false
            }
        }
        return ratio != nil
    }

    private static func number(_ entry: Entry, _ word: String) -> Double? {
        entry[word].flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
    }
}
