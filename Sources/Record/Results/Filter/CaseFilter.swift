/// Selects cases that match one of the patterns, or all if there are none, except those that match an excluding
/// pattern. Used by `--filter` and `--exclude` on the command line, and by `filter:` and `exclude:` of a plot.
package struct CaseFilter: Sendable {
    package let patterns: [CasePattern]
    package let excluded: [CasePattern]

    package init(_ patterns: [String] = [], excluding excluded: [String] = []) throws(PatternError) {
        self.patterns = try patterns.map { (text) throws(PatternError) in try CasePattern(text) }
        self.excluded = try excluded.map { (text) throws(PatternError) in try CasePattern(text) }
    }

    /// For a file that was written before filters were regular expressions.
    package init(words: String?) throws(PatternError) {
        try self.init(words.map { [FilterWords($0).pattern] } ?? [])
    }

    /// Whether every case is selected.
    package var isEmpty: Bool { patterns.isEmpty && excluded.isEmpty }

    /// Whether a case with this name and label is selected.
    package func matches(name: String, label: String) throws(PatternError) -> Bool {
        var isChosen = patterns.isEmpty
        for pattern in patterns where !isChosen { isChosen = try pattern.matches(name: name, label: label) }
        for pattern in excluded where isChosen { isChosen = try !pattern.matches(name: name, label: label) }
        return isChosen
    }

    /// The selected items. Throws if one of the patterns matches none of them, or if nothing is left.
    /// - Parameter names: the name and label of an item.
    package func choose<Item>(
        from items: [Item], by names: (Item) -> (name: String, label: String)
    ) throws(PatternError) -> [Item] {
        guard !isEmpty else { return items }
        let cases = items.map(names)
        func found(by pattern: CasePattern) throws(PatternError) -> [Bool] {
            let found = try cases.map { (item) throws(PatternError) in
                try pattern.matches(name: item.name, label: item.label)
            }
            guard found.contains(true) else { throw .findsNothing(pattern, in: cases) }
            return found
        }
        var isChosen = Array(repeating: patterns.isEmpty, count: cases.count)
        for pattern in patterns {
            for (index, isFound) in try found(by: pattern).enumerated() where isFound { isChosen[index] = true }
        }
        for pattern in excluded {
            for (index, isFound) in try found(by: pattern).enumerated() where isFound { isChosen[index] = false }
        }
        guard isChosen.contains(true) else { throw .excludesAll(excluded[0]) }
        return zip(items, isChosen).filter(\.1).map(\.0)
    }
}
