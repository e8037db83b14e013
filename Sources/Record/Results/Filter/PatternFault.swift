/// Where a text stops being a regular expression. The regular-expression library does not report it.
struct PatternFault: CustomStringConvertible {
    /// The index of the faulty character, counted from 0.
    private let index: Int
    private let character: Character
    /// What is wrong with it, such as "is not closed".
    private let reason: String

    var description: String { "character \(index + 1), '\(character)', \(reason)" }

    /// The first fault of a text that does not compile.
    static func first(in text: String, compiles: (String) -> Bool) -> PatternFault {
        let characters = Array(text)
        if let fault = scan(characters[...]) { return fault }
        // Brackets and repetitions are in order: find the end of the shortest complete beginning that does not compile.
        for end in characters.indices {
            let part = characters[...end]
            if scan(part) == nil, !compiles(String(part)) {
                return PatternFault(index: end, character: characters[end], reason: "is not allowed there")
            }
        }
        return PatternFault(
            index: characters.count - 1, character: characters.last ?? " ", reason: "ends the invalid part")
    }

    private static func scan(_ characters: ArraySlice<Character>) -> PatternFault? {
        func fault(_ index: Int, _ reason: String) -> PatternFault {
            PatternFault(index: index, character: characters[index], reason: reason)
        }
        var index = characters.startIndex
        var groups: [Int] = []
        var canRepeat = false
        while index < characters.endIndex {
            let here = index
            index += 1
            switch characters[here] {
            case "\\":
                guard index < characters.endIndex else { return fault(here, "is at the end and escapes nothing") }
                index += 1
                // As in `\p{Letter}`.
                if "pPxN".contains(characters[index - 1]), characters[index...].first == "{",
                    let end = characters[index...].firstIndex(of: "}")
                {
                    index = end + 1
                }
                canRepeat = true
            case "[":
                guard let end = endOfSet(characters[here...]) else { return fault(here, "is not closed") }
                index = end + 1
                canRepeat = true
            case "(":
                groups.append(here)
                // `(?:`, `(?=` ... are not repetitions.
                if characters[index...].first == "?" { index += 1 }
                canRepeat = false
            case ")":
                guard groups.popLast() != nil else { return fault(here, "closes nothing") }
                canRepeat = true
            case "|": canRepeat = false
            case "*", "+", "?", "{":
                guard canRepeat else { return fault(here, "has nothing before it to repeat") }
                if characters[here] == "{" {
                    guard let end = endOfCount(characters[index...]) else {
                        return fault(here, "is not followed by a count, as in '{2}' or '{2,3}'")
                    }
                    index = end + 1
                }
                // The suffix of lazy and possessive repetitions.
                if let next = characters[index...].first, "?+".contains(next) { index += 1 }
                canRepeat = false
            default: canRepeat = true
            }
        }
        return groups.first.map { fault($0, "is not closed") }
    }

    /// The end of `[...]`, including nested sets.
    private static func endOfSet(_ characters: ArraySlice<Character>) -> Int? {
        var (index, depth) = (characters.startIndex, 0)
        while index < characters.endIndex {
            switch characters[index] {
            case "\\": index += 1
            case "[": depth += 1
            case "]":
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// The end of `2}`, `2,}` or `2,3}`.
    private static func endOfCount(_ characters: ArraySlice<Character>) -> Int? {
        guard let end = characters.firstIndex(of: "}") else { return nil }
        let parts = characters[..<end].split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        let isCount = parts.enumerated().allSatisfy { place, part in
            part.allSatisfy { ("0"..."9").contains($0) } && (place == 1 || !part.isEmpty)
        }
        return isCount ? end : nil
    }
}
