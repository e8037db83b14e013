/// The value of a parameter. Its text round-trips.
package enum Value: Hashable, Sendable {
    case int(Int)
    case real(Double)
    /// Any number of whole numbers.
    case counts([Int])
    case flag(Bool)
    case word(String)
    /// Some words of a list, in its order; an empty list is written `none`.
    case words([String])
    case extent(height: Int, width: Int)
}

extension Value {
    /// As a number; nil if the value is none.
    package var number: Double? {
        switch self {
        case .int(let number): Double(number)
        case .real(let number): number
        default: nil
        }
    }
}

extension Value: CustomStringConvertible {
    package var description: String {
        switch self {
        case .int(let number): String(number)
        case .real(let number): String(number)
        case .counts(let numbers): numbers.map(String.init).joined(separator: "+")
        case .flag(let flag): String(flag)
        case .word(let word): word
        case .words(let words): words.isEmpty ? "none" : words.joined(separator: "+")
        case .extent(let height, let width): height == width ? String(height) : "\(height)x\(width)"
        }
    }
}

extension Parameter.Kind {
    /// Reads a value. The error says what was expected.
    package func parse(_ text: String) throws(ShapeError) -> Value {
        switch self {
        case .int(let range):
            if let number = Int(text), range.contains(number) { return .int(number) }
            try Self.checkSize(text, range)
        case .real(let range):
            if let number = Double(text), range.contains(number) { return .real(number) }
        case .counts:
            let numbers = text.split(separator: "+", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
            if numbers.allSatisfy((1...Int(Int32.max)).contains) { return .counts(numbers) }
        case .flag:
            if let flag = Bool(text) { return .flag(flag) }
        case .choice(let words):
            if words.contains(text) { return .word(text) }
            throw ShapeError("'\(text)' is not \(expectation)", remedy: Spelling.suggestion(for: text, among: words))
        case .choices(let words):
            if text == "none" { return .words([]) }
            let chosen = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
            if let wrong = chosen.first(where: { !words.contains($0) }) {
                throw ShapeError(
                    "'\(wrong)' is not \(expectation)", remedy: Spelling.suggestion(for: wrong, among: words))
            }
            return .words(words.filter(chosen.contains))
        case .assignments:
            if text == "none" { return .words([]) }
            let pairs = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
            if pairs.allSatisfy({
                $0.split(separator: "=", omittingEmptySubsequences: false).map(\.isEmpty) == [false, false]
            }) {
                return .words(pairs)
            }
        case .extent(let range):
            let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
            if numbers.count <= 2, let height = numbers.first ?? nil, let width = numbers.last ?? nil,
                range.contains(height), range.contains(width)
            {
                return .extent(height: height, width: width)
            }
            for number in text.split(separator: "x") { try Self.checkSize(number, range) }
        case .file(let choices, let suffix):
            if choices.contains(text) || text.hasSuffix(suffix) { return .word(text) }
        }
        throw ShapeError("'\(text)' is not \(expectation)", remedy: "write \(expectation)")
    }

    /// What is expected, as a phrase: "a whole number from 1 to 64".
    package var expectation: String {
        switch self {
        case .int(let range): "a whole number \(Self.phrase(range))"
        case .real(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .counts: "whole numbers of at least 1, with '+' between"
        case .flag: "true or false"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .choices(let words): "none, or some of \(words.joined(separator: ", ")) with '+' between"
        case .assignments: "none, or NAME=WORD, several with '+' between"
        case .extent(let range): "a whole number \(Self.phrase(range)), or two as in 1x7"
        case .file(let choices, let suffix):
            "one of \(choices.joined(separator: ", ")), or a path that ends in \(suffix)"
        }
    }

    /// Throws if a text is a number that is too large: the phrase of what is expected leaves out the upper bound.
    private static func checkSize(_ text: some StringProtocol, _ range: ClosedRange<Int>) throws(ShapeError) {
        guard range.upperBound >= Int(Int32.max), !text.isEmpty,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            Int(text) ?? .max > range.upperBound
        else { return }
        throw ShapeError("'\(text)' is not at most \(range.upperBound)", remedy: "write a smaller number")
    }

    private static func phrase(_ range: ClosedRange<Int>) -> String {
        range.upperBound >= Int(Int32.max)
            ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    }
}
