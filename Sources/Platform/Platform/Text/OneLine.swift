extension String {
    /// The text with every control character, line breaks included, replaced by a space: labels, names and paths are
    /// printed to terminals this way. Joiners between visible characters stay, since emoji and some scripts need them.
    package var onOneLine: String {
        // Almost every text is plain ASCII.
        guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return self }
        let scalars = Array(unicodeScalars)
        var plain = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let isKept =
                scalar.isJoiner
                ? index > 0 && scalars[index - 1].isVisible && index + 1 < scalars.count && scalars[index + 1].isVisible
                : !scalar.properties.generalCategory.breaksLines
            plain.append(isKept ? scalar : " ")
        }
        return String(plain)
    }

    /// The text with control characters replaced in each line.
    package var plainLines: String {
        guard utf8.contains(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") || $0 >= 0x7F }) else { return self }
        return split(separator: "\n", omittingEmptySubsequences: false).map { String($0).onOneLine }
            .joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    /// The zero-width joiner and non-joiner.
    fileprivate var isJoiner: Bool { value == 0x200C || value == 0x200D }

    fileprivate var isVisible: Bool {
        !properties.generalCategory.breaksLines && properties.generalCategory != .spaceSeparator
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
