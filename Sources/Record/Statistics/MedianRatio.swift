import RealModule

/// The ratio of the medians of two independent samples that are not paired and may differ in size, such as the
/// latencies of two runs. No assumptions on the distributions.
///
/// The interval is that of a difference of logarithms by MOVER from the two intervals of the medians (Zou and Donner,
/// "Construction of confidence limits about effect measures", Statistics in Medicine 27, 2008; Donner and Zou,
/// "Closed-form confidence intervals for functions of the normal mean and standard deviation", Statistical Methods in
/// Medical Research 21, 2012): each side's distance from its estimate to the relevant end, added as squares.
package struct MedianRatio: Sendable {
    /// head / base.
    package let ratio: Double
    /// Nil if a side has too few values for an interval; it begins at 0 or ends at infinity if an end of a side's own
    /// interval is 0 or infinite.
    package let interval: ClosedRange<Double>?
    private let base: Quantiles
    private let head: Quantiles

    /// Fails if a value is negative, or a median is zero or infinite: there is then no ratio.
    package init?(_ base: Quantiles, _ head: Quantiles, confidence: Double = 0.95) {
        for side in [base, head] {
            guard side.minimum >= 0, side.median > 0, side.median < .infinity else { return nil }
        }
        self.base = base
        self.head = head
        ratio = head.median / base.median
        interval = Self.logarithms(base, head, confidence: confidence).map {
            Double.exp($0.lowerBound)...Double.exp($0.upperBound)
        }
    }

    /// The p-value of "the logarithm of the ratio is no further from 0 than `margin`", with `margin` >= 0: the least
    /// alpha whose interval lies beyond the margin, found by bisection to 1e-15 and never understated.
    package func pValue(beyond margin: Double) -> Double {
        precondition(margin >= 0, "a margin is a distance")
        func isBeyond(_ alpha: Double) -> Bool {
            guard let interval = Self.logarithms(base, head, confidence: 1 - alpha) else { return false }
            return interval.lowerBound > margin || interval.upperBound < -margin
        }
        var (notBeyond, beyond) = (0.0, 1.0)
        guard isBeyond(beyond) else { return 1 }
        for _ in 0..<50 {
            let alpha = (notBeyond + beyond) / 2
            if isBeyond(alpha) { beyond = alpha } else { notBeyond = alpha }
        }
        return beyond
    }

    /// The interval of the ratio's logarithm.
    private static func logarithms(_ base: Quantiles, _ head: Quantiles, confidence: Double) -> ClosedRange<Double>? {
        guard let base = MedianInterval(base, confidence: confidence),
            let head = MedianInterval(head, confidence: confidence)
        else { return nil }
        func distance(_ a: Double, _ b: Double) -> Double { Double.log(a) - Double.log(b) }
        let estimate = distance(head.median, base.median)
        let below = Double.hypot(distance(head.median, head.low), distance(base.high, base.median))
        let above = Double.hypot(distance(head.high, head.median), distance(base.median, base.low))
        return (estimate - below)...(estimate + above)
    }
}
