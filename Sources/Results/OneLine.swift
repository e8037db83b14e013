extension String {
    /// The same text with every control character, line breaks included, as a space: what a terminal is given of labels,
    /// names and paths.
    package var onOneLine: String {
        // Almost every text is plain.
        guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return self }
        return String(
            String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory.breaksLines ? " " : $0 }))
    }

    /// Lines of text, each without control characters.
    package var plainLines: String {
        guard utf8.contains(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") || $0 >= 0x7F }) else { return self }
        return split(separator: "\n", omittingEmptySubsequences: false).map { String($0).onOneLine }
            .joined(separator: "\n")
    }
}

extension Unicode.GeneralCategory {
    fileprivate var breaksLines: Bool {
        switch self {
        case .control, .lineSeparator, .paragraphSeparator, .format: true
        default: false
        }
    }
}
