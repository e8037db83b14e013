import Results

extension String {
    /// Shortens to at most this many columns by leaving out the middle, since both ends of a label distinguish it.
    package func shortened(to limit: Int) -> String {
        // Every column takes at least one byte. Of a long text, only the part to be shown is examined.
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

    /// The number of columns in a fixed-width font: two for an ideograph or an emoji, none for a combining accent.
    package var columns: Int { reduce(0) { $0 + $1.columns } }

    /// The first characters that fit into this many columns.
    private func leading(_ limit: Int) -> Substring {
        var left = limit
        return prefix { character in
            left -= character.columns
            return left >= 0
        }
    }

    /// Lines of at most this many columns, broken at spaces if there are any.
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
        // A variation selector requests the emoji form of a character that may also be text: a heart.
        let isPicture = unicodeScalars.contains("\u{FE0F}") && unicodeScalars.first?.properties.isEmoji == true
        return isPicture ? 2 : unicodeScalars.map(\.columns).max() ?? 0
    }
}

extension Unicode.Scalar {
    /// Wide characters as defined by Unicode Standard Annex 11: East Asian ones and emoji.
    fileprivate var columns: Int {
        // Most characters are these; the lookup below takes longer.
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
