#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One axis: its title, range and tics. Data stay in their base unit; only labels are scaled.
struct Axis {
    let title: String
    let isLogarithmic: Bool
    let low: Double
    let high: Double
    private let tics: [(at: Double, label: String)]

    /// No benchmark has figures beyond these, and computing with the ends of such an axis would overflow.
    private static let sane = 1e-100...1e100

    /// Whether an axis can hold a value.
    static func isDrawable(_ value: Double) -> Bool { value == 0 || sane.contains(abs(value)) }

    /// What a caption says about figures that no axis can hold.
    static let undrawable = "too large or too small to be drawn"

    /// Whether a linear axis would squeeze the values together.
    static func wantsLogarithm(_ values: [Double]) -> Bool {
        guard let low = values.min(), let high = values.max(), low > 0 else { return false }
        return sane.contains(low) && sane.contains(high) && log10(high / low) > 1.5
    }

    /// A linear axis from zero, or from the least value if `fromZero` is false. `room` is the share of the axis to
    /// leave free above the values; `parts` is the approximate number of parts between tics.
    static func linear(
        _ title: String, unit: String, values: [Double], fromZero: Bool = true, room: Double = 0.06, parts: Double = 6
    ) -> Axis {
        let values = values.filter(isDrawable)
        let bottom = min(values.min() ?? 0, fromZero ? 0 : .infinity)
        let top = max(values.max() ?? 1, fromZero ? 0 : -.infinity)
        let span = top > bottom ? top - bottom : max(abs(top), 1)
        let low = fromZero && bottom == 0 ? 0 : bottom - span * 0.04
        let high = bottom + span / (1 - room)
        let prefix = prefix(for: max(abs(top), abs(bottom)), unit: unit)
        let step = niceStep(span / parts / prefix.factor) * prefix.factor
        let first = (low / step).rounded(.up)
        let marks = stride(from: first, through: (high / step).rounded(.down), by: 1).map { $0 * step + 0 }
        let decimals = max(0, -Int(floor(log10(step / prefix.factor) + 1e-9)))
        let tics = marks.map { (at: $0, label: Format.fixed($0 / prefix.factor, decimals: decimals)) }
        let shown = prefix.symbol + unit
        return Axis(
            title: shown.isEmpty ? title : "\(title) (\(shown))", isLogarithmic: false, low: low, high: high, tics: tics
        )
    }

    /// A logarithmic axis with a label per decade, and at 2 and 5 if there are few decades. `room` is the share of the
    /// axis to leave free at each end; with `isBase` it begins at a round number below all values, as a base for bars.
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
        guard unit != "B" else {
            return Axis(title: title, isLogarithmic: true, low: low, high: high, tics: binaryTics(from: low, to: high))
        }
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
        // A single label does not show the scale.
        if tics.count(where: { !$0.label.isEmpty }) < 2 {
            tics = tics.map { ($0.at, Format.tic($0.at, unit: unit)) }
        }
        return Axis(title: title, isLogarithmic: true, low: low, high: high, tics: tics)
    }

    /// A logarithmic axis of ratios that includes 1; its tics are round ratios even if all are close to 1.
    static func ratio(_ title: String, values: [Double]) -> Axis {
        let values = values.filter { $0 > 0 && isDrawable($0) } + [1]
        let (least, most) = (values.min() ?? 1, values.max() ?? 1)
        let span = max(log(most / least), 0.01)
        let (low, high) = (least * exp(-0.05 * span), most * exp(0.05 * span))
        guard high / low < 4 else {
            let wide = logarithmic(title, unit: "", values: [low, high], room: (0, 0))
            return Axis(title: title, isLogarithmic: true, low: wide.low, high: wide.high, tics: wide.tics)
        }
        let step = niceStep((high - low) / 7)
        let decimals = max(0, -Int(floor(log10(step) + 1e-9)))
        let marks = stride(from: (low / step).rounded(.up), through: (high / step).rounded(.down), by: 1)
        return Axis(
            title: title, isLogarithmic: true, low: low, high: high,
            tics: marks.map { (at: $0 * step, label: Format.fixed($0 * step, decimals: decimals)) })
    }

    /// An axis with tics exactly at the values of a sweep, if there is room.
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

    /// Whether the axis contains a value.
    func holds(_ value: Double) -> Bool { (low...high).contains(value) }

    /// The position of a value along the axis, 0 ... 1.
    func share(_ value: Double) -> Double {
        isLogarithmic ? log(value / low) / log(high / low) : (value - low) / (high - low)
    }

    /// The value at a share of the axis.
    func value(at share: Double) -> Double {
        isLogarithmic ? low * pow(high / low, share) : low + (high - low) * share
    }

    /// Pixels for the tic labels and the title of a vertical axis.
    var width: Int { (tics.map(\.label.count).max() ?? 0) * 8 + 48 }

    /// The commands that set up the axis, for "x" or "y".
    func commands(_ name: String) -> [String] {
        let marks = tics.map { tic in
            tic.label.isEmpty
                // The label of a tic is a format: a per cent sign must be doubled.
                ? "'' \(CSV.number(tic.at)) 1"
                : "\(PlotScript.quoted(tic.label.replacing("%", with: "%%"))) \(CSV.number(tic.at))"
        }
        return [
            isLogarithmic ? "set logscale \(name)" : "unset logscale \(name)",
            "set \(name)range [\(CSV.number(low)):\(CSV.number(high))]",
            "set \(name)tics (\(marks.joined(separator: ", ")))",
            "set \(name)label \(PlotScript.quoted(title))",
        ]
    }

    /// Bytes use powers of 1024, as in tables; all other units use powers of 1000.
    private static func prefix(for value: Double, unit: String) -> (symbol: String, factor: Double) {
        switch unit {
        case "%": return ("", 1)
        case "B":
            let power = min(max(Int(log2(max(value, 1)) / 10), 0), 6)
            return (["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power], exp2(Double(10 * power)))
        default:
            let prefix = SIPrefix(for: value)
            return (prefix.symbol, prefix.factor)
        }
    }

    /// Powers of two with at most eight labels; if there is only one, 1.5 times a power as well.
    private static func binaryTics(from low: Double, to high: Double) -> [(at: Double, label: String)] {
        let exponents = Int(log2(low).rounded(.up))...max(Int(log2(low).rounded(.up)), Int(log2(high).rounded(.down)))
        let every = max(1, (exponents.count + 7) / 8)
        guard exponents.count > 1 else {
            let all = ((exponents.lowerBound - 1)...exponents.lowerBound).flatMap { exponent in
                [1, 1.5].map { $0 * exp2(Double(exponent)) }
            }
            return all.filter { (low...high).contains($0) }.map { ($0, Format.bytes($0)) }
        }
        return exponents.map { exponent in
            let at = exp2(Double(exponent))
            return (at, exponent.isMultiple(of: every) ? Format.bytes(at) : "")
        }
    }

    /// The least number of the form 1, 2 or 5 times a power of ten that is not below `least`.
    private static func niceStep(_ least: Double) -> Double {
        let decade = power(of: Int(floor(log10(least))))
        return [1, 2, 5, 10].map { $0 * decade }.first { $0 >= least * (1 - 1e-9) } ?? 10 * decade
    }

    /// The greatest number of the form 1, 2 or 5 times a power of ten that is not above `most`.
    private static func roundBelow(_ most: Double) -> Double {
        let decade = power(of: Int(floor(log10(most))))
        return [5, 2].map { $0 * decade }.first { $0 <= most } ?? decade
    }

    private static func power(of exponent: Int) -> Double {
        exponent < 0 ? 1 / pow(10, Double(-exponent)) : pow(10, Double(exponent))
    }
}
