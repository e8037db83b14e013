#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One axis: what it shows, from where to where, and its tics. Data stay in their base unit; tics are labelled here.
struct Axis {
    let title: String
    let isLogarithmic: Bool
    let low: Double
    let high: Double
    private let tics: [(at: Double, label: String)]

    /// Beyond these no figure is one of a benchmark, and arithmetic on the ends of an axis would overflow.
    private static let sane = 1e-100...1e100

    /// Whether values would be squeezed together on a linear axis.
    static func wantsLogarithm(_ values: [Double]) -> Bool {
        guard let low = values.min(), let high = values.max(), low > 0 else { return false }
        return sane.contains(low) && sane.contains(high) && log10(high / low) > 1.5
    }

    /// A linear axis from zero, or from the least value where `fromZero` is false. `room` is the share of the axis that is
    /// left free above the values, `parts` about how many the tics divide it into.
    static func linear(
        _ title: String, unit: String, values: [Double], fromZero: Bool = true, room: Double = 0.06, parts: Double = 6
    ) -> Axis {
        let values = values.filter { abs($0) <= sane.upperBound }.map { abs($0) < sane.lowerBound ? 0 : $0 }
        let bottom = min(values.min() ?? 0, fromZero ? 0 : .infinity)
        let top = max(values.max() ?? 1, fromZero ? 0 : -.infinity)
        let span = top > bottom ? top - bottom : max(abs(top), 1)
        let low = fromZero && bottom == 0 ? 0 : bottom - span * 0.04
        let high = bottom + span / (1 - room)
        let step = niceStep(span / parts)
        let first = (low / step).rounded(.up)
        let marks = stride(from: first, through: (high / step).rounded(.down), by: 1).map { $0 * step + 0 }
        let prefix = unit == "%" ? SIPrefix(for: 0) : SIPrefix(for: max(abs(top), abs(bottom)))
        let decimals = max(0, -Int(floor(log10(step / prefix.factor) + 1e-9)))
        let tics = marks.map { (at: $0, label: Format.fixed($0 / prefix.factor, decimals: decimals)) }
        let shown = prefix.symbol + unit
        return Axis(
            title: shown.isEmpty ? title : "\(title) (\(shown))", isLogarithmic: false, low: low, high: high, tics: tics
        )
    }

    /// A logarithmic axis with a label a decade, and at 2 and 5 where there are few. `room` is the share of the axis that is
    /// left free at each end; with `isBase` it begins at a round number below all values, where bars can stand.
    static func logarithmic(
        _ title: String, unit: String, values: [Double], room: (low: Double, high: Double) = (0.04, 0.04),
        isBase: Bool = false
    ) -> Axis {
        let positive = values.filter(sane.contains)
        let (least, most) = (positive.min() ?? 1, positive.max() ?? 1)
        let span = max(log10(most / least), 0.5) / (1 - room.low - room.high)
        let low = isBase ? roundBelow(least * 0.8) : least * pow(10, -span * room.low)
        let high = max(most, least * pow(10, 0.5)) * pow(10, span * room.high)
        let decades = Int(floor(log10(low)))...Int(ceil(log10(high)))
        let few = log10(high / low) < 2.2
        let every = max(1, (decades.count + 7) / 8)
        var tics: [(at: Double, label: String)] = []
        for decade in decades {
            for digit in 1...9 {
                let at = Double(digit) * power(of: decade)
                guard at >= low * (1 - 1e-9), at <= high * (1 + 1e-9) else { continue }
                let isLabelled =
                    digit == 1
                    ? decade.quotientAndRemainder(dividingBy: every).remainder == 0 : few && (digit == 2 || digit == 5)
                tics.append((at, isLabelled ? Format.tic(at, unit: unit) : ""))
            }
        }
        return Axis(title: title, isLogarithmic: true, low: low, high: high, tics: tics)
    }

    /// An axis whose tics stand exactly at the values of a sweep, where they have room.
    static func sweep(_ title: String, values: [Double]) -> Axis {
        let sorted = Set(values).sorted()
        let powers = sorted.allSatisfy { $0 > 0 && $0.significand == 1 }
        let isLogarithmic = sorted.count > 2 && (sorted.first ?? 0) > 0 && (powers || wantsLogarithm(sorted))
        let base =
            isLogarithmic
            ? logarithmic(title, unit: "", values: sorted)
            : linear(title, unit: "", values: sorted, fromZero: false)
        let gap = zip(sorted, sorted.dropFirst()).map { base.share($1) - base.share($0) }.min() ?? 1
        guard gap > 0.04 else { return base }
        let tics = sorted.map { (at: $0, label: Format.tic($0, unit: "")) }
        return Axis(title: title, isLogarithmic: isLogarithmic, low: base.low, high: base.high, tics: tics)
    }

    /// Where a value lies along the axis, 0 ... 1.
    func share(_ value: Double) -> Double {
        isLogarithmic ? log(value / low) / log(high / low) : (value - low) / (high - low)
    }

    /// The value at a share of the axis.
    func value(at share: Double) -> Double {
        isLogarithmic ? low * pow(high / low, share) : low + (high - low) * share
    }

    /// Pixels that the tics' labels and the title take beside a standing axis.
    var width: Int { (tics.map(\.label.count).max() ?? 0) * 8 + 48 }

    /// The commands that set it up, for "x" or "y".
    func commands(_ name: String) -> [String] {
        let marks = tics.map { tic in
            tic.label.isEmpty
                ? "'' \(CSV.number(tic.at)) 1" : "\(PlotScript.quoted(tic.label)) \(CSV.number(tic.at))"
        }
        return [
            isLogarithmic ? "set logscale \(name)" : "unset logscale \(name)",
            "set \(name)range [\(CSV.number(low)):\(CSV.number(high))]",
            "set \(name)tics (\(marks.joined(separator: ", ")))",
            "set \(name)label \(PlotScript.quoted(title))",
        ]
    }

    /// 1, 2 or 5 times a power of ten, the least that is not below.
    private static func niceStep(_ least: Double) -> Double {
        let decade = power(of: Int(floor(log10(least))))
        return [1, 2, 5, 10].map { $0 * decade }.first { $0 >= least * (1 - 1e-9) } ?? 10 * decade
    }

    /// 1, 2 or 5 times a power of ten, the greatest that is not above.
    private static func roundBelow(_ most: Double) -> Double {
        let decade = power(of: Int(floor(log10(most))))
        return [5, 2].map { $0 * decade }.first { $0 <= most } ?? decade
    }

    private static func power(of exponent: Int) -> Double {
        exponent < 0 ? 1 / pow(10, Double(-exponent)) : pow(10, Double(exponent))
    }
}
