/// Damages texts: bytes are flipped, dropped, doubled and spliced, or words come in that the reader knows.
package struct TextDamage {
    private let texts: [[UInt8]]
    private let words: [[UInt8]]

    /// - Parameter words: beside some that no reader likes.
    package init(_ texts: [String], words: [String]) {
        self.texts = texts.map { Array($0.utf8) }
        let unloved = [
            "\n", "\t", "\u{0}", "\u{1B}[31m", "\u{9B}", "\u{2028}", "\u{202E}", "é", "🚀", "-1", "0",
            "9223372036854775808", "99999999999999999999", "nan", "'", "\"", "\\",
        ]
        self.words = (words + unloved).map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80]]
    }

    package func input(_ draws: inout FuzzDraws) -> [UInt8] {
        var bytes = draws.one(of: texts)
        for _ in 0...draws.below(6) where !bytes.isEmpty {
            let at = draws.below(bytes.count)
            switch draws.below(7) {
            case 0: bytes[at] = UInt8(draws.below(256))
            case 1: bytes.remove(at: at)
            case 2, 3: bytes.insert(contentsOf: draws.one(of: words), at: at)
            case 4: bytes.removeSubrange(at..<min(bytes.count, at + draws.below(20)))
            case 5:
                bytes.insert(
                    contentsOf: bytes[at..<min(bytes.count, at + draws.below(40))], at: draws.below(bytes.count))
            default: bytes = Array(bytes[..<at])
            }
        }
        return bytes
    }
}
