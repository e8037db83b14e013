/// Parses numbers with units, for suite files and the command line.
package enum Quantity {
    /// `2%` or `0.02`, between 0 and 1.
    package static func share(_ text: String) -> Double? {
        let value = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
        return value.flatMap { $0 > 0 && $0 < 1 ? $0 : nil }
    }

    /// `500ms`, `3s`, `2m` or plain seconds; more than 0 and at most a day.
    package static func seconds(_ text: String) -> Double? {
        let units: [(String, Double)] = [("ms", 1e-3), ("us", 1e-6), ("s", 1), ("m", 60), ("h", 3600)]
        var (number, factor) = (Substring(text), 1.0)
        if let unit = units.first(where: { text.hasSuffix($0.0) }) {
            number = text.dropLast(unit.0.count)
            factor = unit.1
        }
        return Double(number).flatMap { value in
            let seconds = value * factor
            return seconds > 0 && seconds <= 86400 ? seconds : nil
        }
    }
}
