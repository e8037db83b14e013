import Foundation
import Statistics

/// The log ratios of the rounds of a case, one per round: ln(head / base).
struct LogRatios {
    let values: [Double]

    /// Leaves out values that are not a number: such a round has no ratio.
    init(_ values: [Double]) { self.values = values.filter { !$0.isNaN } }

    var count: Int { values.count }
    var isEmpty: Bool { values.isEmpty }

    /// The least and the greatest ratio of one round.
    var range: ClosedRange<Double>? {
        guard let least = values.min(), let most = values.max() else { return nil }
        return exp(least)...exp(most)
    }

    /// How many rounds would give a verdict, if those to come scatter like those that were played. A ratio beyond the margin
    /// is held to the confidence of the whole suite, one within it to that of one interval. Nil if even `mostNeeded` rounds
    /// would not do: then the ratio lies at the margin.
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

    /// The least slowdown that these rounds would have shown as slower. If the head took longer by this factor in every round,
    /// the lower end of the interval would be at the margin, at the confidence that the suite asks of each case.
    func leastVisible(tests: Int, options: ComparisonOptions) -> Double? {
        let confidence = options.confidenceOfEach(of: tests)
        guard let quantiles = Quantiles(values), let interval = MedianInterval(quantiles, confidence: confidence)
        else { return nil }
        return exp(options.logMargin + quantiles.median - interval.low)
    }
}

extension RatioEstimate {
    /// An estimate for each case; nil for a case without rounds. Holm's correction covers the cases that have some.
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
    /// The confidence that each interval needs so that the whole suite keeps its own: Bonferroni's, which equals Holm's for
    /// the clearest difference.
    package func confidenceOfEach(of tests: Int) -> Double { 1 - (1 - confidence) / Double(max(tests, 1)) }
}
