import Foundation
import Platform
import Synchronization

/// A regular expression in ICU syntax that is searched for in a case.
///
/// The searched text has two lines: the label, and below it the name. Case is ignored, `^` and `$` match at the ends of
/// both lines, and `.` matches line breaks: `grouped.*native` is a word of the label and an implementation.
package struct CasePattern: @unchecked Sendable {
    package let text: String
    // Never changes after initialization.
    private let expression: NSRegularExpression

    /// Longer than anyone would type.
    private static let longest = 1000

    package init(_ text: String) throws(PatternError) {
        guard !text.isEmpty else { throw PatternError(text, "the pattern is empty", remedy: "leave it out") }
        guard text.utf16.count <= Self.longest else {
            throw PatternError(text, "the pattern is longer than \(Self.longest) characters", remedy: "shorten it")
        }
        guard let expression = Self.compiled(text) else {
            let fault = PatternFault.first(in: text) { Self.compiled($0) != nil }
            throw PatternError(
                text, "'\(text)' is not a regular expression: \(fault)",
                remedy: "to find the text literally, write '\(Self.escaped(text))'")
        }
        self.text = text
        self.expression = expression
    }

    private static func compiled(_ text: String) -> NSRegularExpression? {
        try? NSRegularExpression(
            pattern: text, options: [.caseInsensitive, .anchorsMatchLines, .dotMatchesLineSeparators])
    }

    /// The pattern that matches a text literally.
    package static func escaped(_ text: String) -> String {
        String(text.flatMap { #"\[](){}.*+?^$|"#.contains($0) ? ["\\", $0] : [$0] })
    }

    /// Whether a case with this name and label matches. Throws if the search takes too long.
    package func matches(name: String, label: String) throws(PatternError) -> Bool {
        let text = "\(label.onOneLine)\n\(name.onOneLine)"
        let search = Search(in: text)
        expression.enumerateMatches(
            in: text, options: .reportProgress, range: NSRange(location: 0, length: text.utf16.count)
        ) { match, flags, stop in
            if search.goesOn(match: match != nil, isInternalError: flags.contains(.internalError)) { return }
            stop.pointee = true
        }
        guard !search.isGivenUp else {
            throw PatternError(
                self.text, "searching for '\(self.text)' takes too long",
                remedy: "do not nest repetitions, as in '(a+)+'")
        }
        return search.hasFound
    }

    /// The state of a search in progress.
    private final class Search: Sendable {
        private let reports = Atomic<Int>(0)
        private let found = Atomic<Bool>(false)
        private let most: Int

        init(in text: String) { most = Self.steps + text.utf16.count }

        /// ICU reports after every ten thousand steps, and after every place where no match begins. This many of the first take a
        /// fraction of a second. Steps are counted instead of time, so that a pattern is rejected on every machine or on none.
        private static let steps = 200

        var hasFound: Bool { found.load(ordering: .relaxed) }
        var isGivenUp: Bool { reports.load(ordering: .relaxed) > most }

        /// Whether to continue.
        func goesOn(match: Bool, isInternalError: Bool) -> Bool {
            if match { found.store(true, ordering: .relaxed) }
            // If ICU itself gives up, so do we.
            let count = isInternalError ? most + 1 : 1
            return !match && reports.add(count, ordering: .relaxed).newValue <= most
        }
    }
}
