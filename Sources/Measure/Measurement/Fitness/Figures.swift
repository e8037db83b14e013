/// Formats numbers for use in phrases.
enum Figures {
    /// With at most `places` decimals: 0.47, 2.
    static func decimal(_ value: Double, places: Int = 2) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && abs(rounded) < 0x1p53 ? "\(Int(rounded))" : "\(rounded)"
    }

    static func percent(_ share: Double) -> String { decimal(100 * share) + " %" }

    /// In GiB or MiB.
    static func bytes(_ count: Int) -> String {
        count >= 1 << 30 ? decimal(Double(count) / 0x1p30, places: 1) + " GiB" : "\(count >> 20) MiB"
    }

    /// `1 processor`, `2 processors`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
