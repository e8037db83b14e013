/// Damages files of JSON lines: lines are lost, doubled and swapped, values become others, bytes anything.
package struct LineDamage {
    private let lines: [[UInt8]]

    /// - Parameter lines: of a whole file, each with its end, the header first.
    package init(_ lines: [[UInt8]]) { self.lines = lines }

    /// What is put in place of, or between, bytes.
    private static let morsels: [[UInt8]] =
        [
            "-1", "0", "1e999", "-1e999", "99999999999999999999999999", "9223372036854775807", "-9223372036854775808",
            "4611686018427387904", "0.5", "1e-999", "1e308", "5e-324", "null", "true", "\"nan\"", "\"inf\"", "\"\"",
            "\"\\u0000\"", "\"\\ud800\"", "\"\\u001b[31m\\n\"", "{}", "[]", ",", ":", "}", "]", "{", "[", "\\", "\"",
            "{\"header\":", "\u{FEFF}", "\u{0}\u{0}\u{0}", "\r\n", "\n", "\n\n", "NaN", "01", "1.", "--", "/**/",
        ].map { Array($0.utf8) }
        + [
            [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
            Array(repeating: 0x5B, count: 5000),
        ]
        + [Array(String(repeating: "{\"a\":", count: 2000).utf8), Array(repeating: UInt8(ascii: "9"), count: 3000)]

    package func input(_ draws: inout FuzzDraws) -> [UInt8] {
        switch draws.below(20) {
        case 0: return (0..<draws.below(400)).map { _ in UInt8(draws.below(256)) }
        case 1: return draws.one(of: Self.morsels)
        default: break
        }
        var lines = lines
        for _ in 0..<draws.below(3) { damageLines(&lines, &draws) }
        // Most damage spares the header, without which there is nothing to read.
        var bytes = Array(lines.joined())
        let spared = draws.below(4) > 0 ? min(lines.first?.count ?? 0, bytes.count) : 0
        for _ in 0..<draws.below(4) { damageBytes(&bytes, from: spared, &draws) }
        return bytes
    }

    private func damageLines(_ lines: inout [[UInt8]], _ draws: inout FuzzDraws) {
        guard lines.count > 1 else { return }
        let (a, b) = (draws.below(lines.count), 1 + draws.below(lines.count - 1))
        switch draws.below(10) {
        case 0..<4: lines.insert(lines[a], at: b)
        case 4..<6: lines.remove(at: b)
        case 6: lines.swapAt(a, b)
        case 7: lines[b].removeLast()
        default: if b + 1 < lines.count { lines.swapAt(b, b + 1) }
        }
    }

    private func damageBytes(_ bytes: inout [UInt8], from start: Int, _ draws: inout FuzzDraws) {
        guard start < bytes.count else { return }
        let place = start + draws.below(bytes.count - start)
        let morsel = draws.one(of: Self.morsels)
        switch draws.below(8) {
        case 0: bytes.removeSubrange(place...)
        case 1: bytes[place] ^= 1 << UInt8(draws.below(8))
        case 2: bytes[place] = UInt8(draws.below(256))
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + draws.below(40)))
        case 4: bytes.insert(contentsOf: morsel, at: place)
        default:
            // A value is replaced by another: from after a colon to before the next comma.
            guard let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) else { return }
            let end = bytes[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.count
            bytes.replaceSubrange(colon + 1..<end, with: morsel)
        }
    }
}
