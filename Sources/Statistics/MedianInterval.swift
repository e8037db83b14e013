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

    /// Half the width of the interval as a share of the median: what sampling tries to make small.
    package var relativeHalfWidth: Double { median > 0 ? (high - low) / 2 / median : .infinity }

    /// The largest k for which the lower tail of Bin(n, 1/2) below k weighs at most alpha / 2; 0 where there is none.
    package static func rank(count n: Int, confidence: Double) -> Int {
        let limit = (1 - confidence) / 2
        guard n > 0 else { return 0 }
        // Terms are summed from the largest that matter: exact in logarithms up to the sizes that sampling reaches.
        let logHalf = -Double(n) * Double.log(2)
        let logFactorial = Double.logGamma(Double(n) + 1)
        var tail = 0.0
        var k = 0
        while k < (n + 1) / 2 {
            let term = Double.exp(
                logFactorial - Double.logGamma(Double(k) + 1) - Double.logGamma(Double(n - k) + 1) + logHalf)
            guard tail + term <= limit else { break }
            tail += term
            k += 1
        }
        return k
    }
}
