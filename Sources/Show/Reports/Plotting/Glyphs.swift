import CGnuplot

/// The characters that the fonts of this machine can show.
package struct Glyphs: Sendable {
    /// Sorted, without overlap.
    private let ranges: [ClosedRange<UInt32>]

    /// Parses fontconfig's listing of all fonts, as printed by `fc-list --format '%{charset}\n'`: ranges of hexadecimal
    /// numbers. If it is empty, assumes Latin letters and the symbols in our own texts.
    package init(_ listing: String) {
        let found = Set(listing.split { $0 == "\n" || $0 == " " }).compactMap { item -> ClosedRange<UInt32>? in
            let ends = item.split(separator: "-").compactMap { UInt32($0, radix: 16) }
            guard let first = ends.first, let last = ends.last, first <= last else { return nil }
            return first...last
        }
        ranges = found.isEmpty ? [0x20...0x17F, 0x2010...0x2026, 0x2190...0x2193] : found
    }

    /// Determined once: fonts do not change while a report is drawn.
    static let ofThisMachine = Glyphs(
        (try? Execution.run(["fc-list", "--format", "%{charset}\\n"], limit: 20).output) ?? "")

    /// The text with `□` for every character that no font has: cairo would draw a box as large as the picture.
    package func legible(_ text: String) -> String {
        // Almost every text is plain ASCII.
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        let substitute: Unicode.Scalar = has("□") ? "□" : "?"
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.isDefaultIgnorableCodePoint || has($0) ? $0 : substitute }))
    }

    private func has(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII || ranges.contains { $0.contains(scalar.value) }
    }
}

extension PlotScript {
    /// The same script without the characters that no font has.
    func legible(by glyphs: Glyphs) -> PlotScript {
        var script = PlotScript()
        for statement in statements {
            switch statement {
            case .line(let text): script.line(glyphs.legible(text))
            case .block: script.append(statement)
            }
        }
        return script
    }
}
