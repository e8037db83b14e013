/// Order statistics of a sample, sorted once.
package struct Quantiles: Sendable {
    /// Ascending.
    package let sorted: [Double]

    /// Fails if there are no values, or if one is NaN.
    package init?(_ values: [Double]) {
        guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
        sorted = values.sorted()
    }

    package var count: Int { sorted.count }
    package var minimum: Double { sorted[0] }
    package var maximum: Double { sorted[count - 1] }
    package var median: Double { self[0.5] }

    /// The quantile p in 0 ... 1, interpolated between the two nearest values (type 7 of Hyndman and Fan, "Sample
    /// quantiles in statistical packages", 1996: NumPy's and R's default). Infinite values are allowed; interpolation
    /// between minus and plus infinity gives NaN.
    package subscript(p: Double) -> Double {
        precondition((0...1).contains(p), "a quantile is asked for as a share")
        let position = p * Double(count - 1)
        let below = min(Int(position), count - 1)
        let fraction = position - Double(below)
        let (low, high) = (sorted[below], sorted[min(below + 1, count - 1)])
        // If there is nothing to interpolate, an infinity or rounding in the product would spoil the value.
        if fraction == 0 || low == high { return low }
        return low * (1 - fraction) + high * fraction
    }

    /// Median absolute deviation from the median, not scaled to a normal's sigma. NaN if the median is NaN.
    package var mad: Double {
        let center = median
        return Quantiles(sorted.map { $0 == center ? 0 : abs($0 - center) })?.median ?? .nan
    }

    /// The number of values beyond the quartiles by more than three times the interquartile range (Tukey's far-out
    /// fence, Exploratory Data Analysis, 2D).
    package var outliers: Int {
        let (low, high) = (self[0.25], self[0.75])
        let reach = low == high ? 0 : 3 * (high - low)
        return sorted.count { $0 < low - reach || $0 > high + reach }
    }
}
