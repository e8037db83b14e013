import Foundation

/// Numbers for people: a few significant digits and a suitable unit.
package enum Format {
    /// `1.234 ms`: four significant digits.
    package static func seconds(_ value: Double) -> String { scaled(value, unit: "s", digits: 4) }

    /// `187.3 GFLOP/s`, `12.5 M`: with an SI prefix before the unit, if necessary.
    package static func scaled(_ value: Double, unit: String, digits: Int = 4) -> String {
        let prefix = SIPrefix(for: rounded(value, digits: digits))
        let number = significant(value / prefix.factor, digits: digits)
        let unit = prefix.symbol + unit
        return unit.isEmpty ? number : "\(number) \(unit)"
    }

    /// `1.5 MiB`: three significant digits and powers of 1024; whole bytes below 1024.
    package static func bytes(_ value: Double) -> String {
        let names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var (value, power) = (value, 0)
        // 1023.5 and more would need four digits.
        while abs(value) >= (power == 0 ? 1024 : 999.5), power + 1 < names.count {
            value /= 1024
            power += 1
        }
        let number =
            power == 0 ? significant(value, digits: 4, trimmed: true) : significant(value, digits: 3, trimmed: true)
        return "\(number) \(names[power])"
    }

    /// A share as `1.2 %`: at most three significant digits and two decimals.
    package static func percent(_ share: Double) -> String {
        let value = share * 100
        guard value.isFinite else { return "–" }
        let decimals = abs(value) < 1 ? 2 : abs(value) < 99.95 ? 1 : 0
        return String(format: "%.\(decimals)f %%", value)
    }

    /// A metric's value in its unit.
    package static func value(_ value: Double, unit: String) -> String {
        switch unit {
        case "s": seconds(value)
        case "B": bytes(value)
        case "1", "MAC", "FLOP", "op":
            abs(value) < 10_000 ? significant(value, digits: 4, trimmed: true) : scaled(value, unit: "", digits: 4)
        default: scaled(value, unit: unit)
        }
    }

    /// This many significant digits; `trimmed` removes trailing zeros after the point.
    package static func significant(_ value: Double, digits: Int, trimmed: Bool = false) -> String {
        guard value.isFinite else { return "–" }
        guard value != 0 else { return "0" }
        let whole = Int(log10(abs(rounded(value, digits: digits))).rounded(.down)) + 1
        let decimals = min(max(digits - whole, 0), 17)
        let text = String(format: "%.\(decimals)f", value)
        guard trimmed, decimals > 0 else { return text }
        let shorter = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(shorter.reversed())
    }

    /// The double nearest to the value rounded to this many significant digits.
    private static func rounded(_ value: Double, digits: Int) -> Double {
        let near = Double(String(format: "%.\(max(digits - 1, 0))e", value)) ?? value
        return near.isFinite ? near : value
    }
}

/// A power of a thousand and its symbol.
package struct SIPrefix: Sendable, Hashable {
    package let symbol: String
    package let factor: Double

    private static let all = [
        ("p", 1e-12), ("n", 1e-9), ("µ", 1e-6), ("m", 1e-3), ("", 1), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12),
        ("P", 1e15), ("E", 1e18),
    ].map { SIPrefix(symbol: $0, factor: $1) }
    private static let none = SIPrefix(symbol: "", factor: 1)

    private init(symbol: String, factor: Double) {
        self.symbol = symbol
        self.factor = factor
    }

    /// The largest prefix that leaves at least 1 before the point; none for zero.
    package init(for value: Double) {
        guard value != 0, value.isFinite else {
            self = .none
            return
        }
        self = Self.all.last { $0.factor <= abs(value) * (1 + 0x1p-50) } ?? Self.all[0]
    }
}

extension Format {
    /// A round number for a tic: `10 µs`, `256`, `1.5 k`.
    static func tic(_ value: Double, unit: String) -> String {
        if unit.isEmpty, abs(value) < 10_000 { return significant(value, digits: 4, trimmed: true) }
        let prefix = SIPrefix(for: value)
        return significant(value / prefix.factor, digits: 4, trimmed: true) + " " + prefix.symbol + unit
    }

    /// This many decimals.
    static func fixed(_ value: Double, decimals: Int) -> String { String(format: "%.\(decimals)f", value) }
}
