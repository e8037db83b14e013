/// Order statistics of a sample, sorted once.
package struct Quantiles: Sendable {
    /// Ascending.
    package let sorted: [Double]

    /// Fails where there is nothing to sort, or something that has no order.
    package init?(_ values: [Double]) {
        guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
        sorted = values.sorted()
    }

    package var count: Int { sorted.count }
    package var minimum: Double { sorted[0] }
    package var maximum: Double { sorted[count - 1] }
    package var median: Double { self[0.5] }

    /// The quantile p in 0 ... 1, interpolated between the two nearest (type 7 of Hyndman and Fan, 1996: NumPy's and R's default).
    package subscript(p: Double) -> Double {
        let position = p * Double(count - 1)
        let below = Int(position.rounded(.down))
        let above = min(below + 1, count - 1)
        let fraction = position - Double(below)
        return sorted[below] + (sorted[above] - sorted[below]) * fraction
    }

    /// Median absolute deviation from the median, not scaled to a normal's sigma.
    package var mad: Double {
        let center = median
        return Quantiles(sorted.map { abs($0 - center) })?.median ?? 0
    }

    /// Values beyond the quartiles by more than three times their distance (Tukey's far-out fence).
    package var outliers: Int {
        let (low, high) = (self[0.25], self[0.75])
        let reach = 3 * (high - low)
        return sorted.count { $0 < low - reach || $0 > high + reach }
    }
}
