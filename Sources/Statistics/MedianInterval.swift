import RealModule

/// A confidence interval for the median by order statistics: no assumption on the distribution.
///
/// [x_(k), x_(n+1-k)] with k the largest for which P(Bin(n, 1/2) < k) <= alpha / 2 (the sign test turned round;
/// Conover, Practical Nonparametric Statistics, 3.2). Below six values no k gives 95 %: then there is no interval.
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

    /// Half the width of the interval as a share of the median, for values that are never negative: what sampling tries
    /// to make small. 0 where the interval is a point, infinite where it is not and the median is 0.
    package var relativeHalfWidth: Double {
        if low == high { return 0 }
        return median > 0 && high < .infinity ? (high - low) / 2 / median : .infinity
    }

    /// The largest k for which the lower tail of Bin(n, 1/2) below k weighs at most alpha / 2; 0 where there is none.
    ///
    /// Found by halving, each step O(sqrt n): fractions of a millisecond for a million values.
    package static func rank(count n: Int, confidence: Double) -> Int {
        let limit = (1 - confidence) / 2
        guard n > 0, limit > 0 else { return 0 }
        // Logarithms of factorials are good to about this share of a term: a tail that equals the limit counts.
        let slack = 1 + 1e-9
        var (fits, tooLarge) = (0, (n + 1) / 2 + 1)
        while tooLarge - fits > 1 {
            let k = (fits + tooLarge) / 2
            if tail(below: k, count: n) <= limit * slack { fits = k } else { tooLarge = k }
        }
        return fits
    }

    /// P(Bin(n, 1/2) < k) for 1 <= k <= (n + 1) / 2, summed from its largest term down until terms no longer count.
    private static func tail(below k: Int, count n: Int) -> Double {
        var j = k - 1
        let largest = Double.exp(
            Double.logGamma(Double(n) + 1) - Double.logGamma(Double(j) + 1) - Double.logGamma(Double(n - j) + 1)
                - Double(n) * Double.log(2))
        var (sum, share) = (0.0, 1.0)
        while j >= 0, share > 0x1p-60 {
            sum += share
            share *= Double(j) / Double(n - j + 1)
            j -= 1
        }
        return largest * sum
    }
}
