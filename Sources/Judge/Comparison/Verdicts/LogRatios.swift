import Foundation
import Statistics

/// The log ratios of a case, one per round: ln(head / base).
struct LogRatios {
    let values: [Double]

    /// Leaves out NaN: such a round has no ratio.
    init(_ values: [Double]) { self.values = values.filter { !$0.isNaN } }

    var count: Int { values.count }
    var isEmpty: Bool { values.isEmpty }

    /// The least and the greatest ratio of a round.
    var range: ClosedRange<Double>? {
        guard let least = values.min(), let most = values.max() else { return nil }
        return exp(least)...exp(most)
    }

    /// How many rounds would give a verdict if further ones scatter like those so far. A ratio beyond the margin needs
    /// the confidence of the whole suite, one within it that of a single interval. Nil if even `mostNeeded` rounds
    /// would not suffice: the ratio then lies at the margin.
    func roundsNeeded(tests: Int, options: ComparisonOptions) -> Int? {
        guard let quantiles = Quantiles(values) else { return nil }
        let margin = options.logMargin
        func settles(_ count: Int) -> Bool {
            let all = MedianInterval.expected(
                of: quantiles, count: count, confidence: options.confidenceOfEach(of: tests))
            if let all, all.low > margin || all.high < -margin { return true }
            let one = MedianInterval.expected(of: quantiles, count: count, confidence: options.confidence)
            return one.map { $0.low >= -margin && $0.high <= margin } ?? false
        }
        var count = values.count + 1
        while !settles(count) {
            count += max(1, count / 16)
            if count > Self.mostNeeded { return nil }
        }
        return count
    }

    private static let mostNeeded = 10_000

    /// The least slowdown that these rounds would have shown as slower: if the head were slower by this factor in all
    /// rounds, the lower end of the interval would be at the margin, at the suite's confidence per case.
    func leastVisible(tests: Int, options: ComparisonOptions) -> Double? {
        let confidence = options.confidenceOfEach(of: tests)
        guard let quantiles = Quantiles(values), let interval = MedianInterval(quantiles, confidence: confidence)
        else { return nil }
        return exp(options.logMargin + quantiles.median - interval.low)
    }
}

extension RatioEstimate {
    /// An estimate per case; nil for cases without rounds, which Holm's correction leaves out.
    static func estimates(of ratios: [LogRatios], options: ComparisonOptions) -> [RatioEstimate?] {
        let present = ratios.indices.filter { !ratios[$0].isEmpty }
        let pValues = Holm.adjusted(present.map { SignTest(ratios[$0].values).pValue(beyond: options.logMargin) })
        var estimates = [RatioEstimate?](repeating: nil, count: ratios.count)
        for (index, pValue) in zip(present, pValues) {
            guard let quantiles = Quantiles(ratios[index].values) else { continue }
            let interval = MedianInterval(quantiles, confidence: options.confidence)
            estimates[index] = RatioEstimate(
                ratio: exp(quantiles.median), interval: interval.map { exp($0.low)...exp($0.high) }, pValue: pValue,
                options: options)
        }
        return estimates
    }
}

extension ComparisonOptions {
    /// The confidence that each interval needs for the whole suite to keep its own: Bonferroni's, which equals Holm's
    /// for the clearest difference.
    package func confidenceOfEach(of tests: Int) -> Double { 1 - (1 - confidence) / Double(max(tests, 1)) }
}
