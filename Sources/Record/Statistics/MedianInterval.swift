import RealModule

/// A confidence interval for the median by order statistics, without assumptions on the distribution.
///
/// [x_(k), x_(n+1-k)] with k the largest for which P(Bin(n, 1/2) < k) <= alpha / 2 (the inverted sign test; Conover,
/// Practical Nonparametric Statistics, 3.2). Below six values no k gives 95 %: there is then no interval.
package struct MedianInterval: Sendable, Hashable {
    package let low: Double
    package let high: Double
    package let median: Double

    package init?(_ quantiles: Quantiles, confidence: Double = 0.95) {
        let rank = Self.rank(count: quantiles.count, confidence: confidence)
        guard rank >= 1 else { return nil }
        low = quantiles.sorted[rank - 1]
        high = quantiles.sorted[quantiles.count - rank]
        median = quantiles.median
    }

    /// Half the width: 0 if both ends are equal, even if infinite.
    package var halfWidth: Double { low == high ? 0 : (high - low) / 2 }

    /// Half the width of the interval as a share of the median, for values that are never negative: sampling tries to
    /// make it small. 0 if the interval is a point; infinite if it is not and the median is 0.
    package var relativeHalfWidth: Double {
        if low == high { return 0 }
        return median > 0 && high < .infinity ? halfWidth / median : .infinity
    }

    /// The expected ends of an interval of this many values with the same distribution; nil if there is no interval.
    package static func expected(
        of quantiles: Quantiles, count: Int, confidence: Double = 0.95
    ) -> (low: Double, high: Double)? {
        let rank = rank(count: count, confidence: confidence)
        guard rank >= 1, count > 1 else { return nil }
        let share = Double(rank - 1) / Double(count - 1)
        return (quantiles[share], quantiles[1 - share])
    }

    /// The fewest values that have an interval: 2^-n <= alpha / 2. `Int.max` if the confidence is 1.
    package static func leastCount(confidence: Double) -> Int {
        let limit = (1 - confidence) / 2 * slack
        guard limit > 0 else { return .max }
        return max(1, Int((-Double.log2(limit)).rounded(.up)))
    }

    /// The largest k for which the lower tail of Bin(n, 1/2) below k is at most alpha / 2; 0 if there is none.
    ///
    /// Found by bisection, each step O(sqrt n): fractions of a millisecond for a million values.
    package static func rank(count n: Int, confidence: Double) -> Int {
        let limit = (1 - confidence) / 2
        guard n > 0, limit > 0 else { return 0 }
        var (fits, tooLarge) = (0, (n + 1) / 2 + 1)
        while tooLarge - fits > 1 {
            let k = (fits + tooLarge) / 2
            if BinomialTail.below(k, count: n) <= limit * slack { fits = k } else { tooLarge = k }
        }
        return fits
    }

    /// Logarithms of factorials have about this relative error: a tail that equals the limit must count.
    private static let slack = 1 + 1e-9
}
