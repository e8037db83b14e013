import Results

extension String {
    /// At most so many columns, the middle left out: both ends of a label tell it from others.
    package func shortened(to limit: Int) -> String {
        // Every column takes a byte at least. Of a long text no more is looked at than is shown.
        guard utf8.count > limit, leading(limit).endIndex < endIndex else { return self }
        guard limit > 2 else { return String(leading(limit)) }
        let head = leading(limit / 2)
        var (start, left) = (endIndex, limit - String(head).columns - 1)
        while start > head.endIndex {
            let before = index(before: start)
            left -= self[before].columns
            guard left >= 0 else { break }
            start = before
        }
        return head + "…" + self[start...]
    }

    /// Columns that it takes where letters are as wide as each other: two for an ideograph or an emoji, none for an accent
    /// that is put on the letter before it.
    package var columns: Int { reduce(0) { $0 + $1.columns } }

    /// Its first characters, as many as fit into so many columns.
    private func leading(_ limit: Int) -> Substring {
        var left = limit
        return prefix { character in
            left -= character.columns
            return left >= 0
        }
    }

    /// Lines of at most so many columns, broken at spaces if there are some.
    func wrapped(to limit: Int) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ") {
            if let last = lines.last, last.columns + 1 + word.reduce(0, { $0 + $1.columns }) <= limit {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word).shortened(to: limit))
            }
        }
        return lines
    }
}

extension Character {
    fileprivate var columns: Int {
        // A selector asks for the picture of what may also be a letter: a heart.
        let isPicture = unicodeScalars.contains("\u{FE0F}") && unicodeScalars.first?.properties.isEmoji == true
        return isPicture ? 2 : unicodeScalars.map(\.columns).max() ?? 0
    }
}

extension Unicode.Scalar {
    /// As wide characters are defined by Unicode Standard Annex 11: East Asian ones and emoji.
    fileprivate var columns: Int {
        // Most are these, and looking up what a character is takes longer.
        if (0x20...0x7E).contains(value) { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if properties.isEmojiPresentation { return 2 }
        switch value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x16FE0...0x18D08, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
