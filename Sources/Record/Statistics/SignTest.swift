/// The sign test of paired differences: whether their median lies beyond a bound, without assumptions on the
/// distribution (Conover, Practical Nonparametric Statistics, 3.4). The corresponding interval is `MedianInterval`.
///
/// A difference that equals the bound, or is NaN, counts as not beyond it: both only weaken the evidence.
package struct SignTest: Sendable, Hashable {
    /// One per pair; for ratios, their logarithms.
    package let differences: [Double]

    package init(_ differences: [Double]) { self.differences = differences }

    /// The one-sided p-value of "the median is at most `bound`"; 1 if there are no differences.
    package func pValue(above bound: Double) -> Double { pValue(count: differences.count { $0 > bound }) }

    /// The one-sided p-value of "the median is at least `bound`"; 1 if there are no differences.
    package func pValue(below bound: Double) -> Double { pValue(count: differences.count { $0 < bound }) }

    /// The two-sided p-value of "the median is no further from 0 than `margin`", with `margin` >= 0.
    package func pValue(beyond margin: Double) -> Double {
        precondition(margin >= 0, "a margin is a distance")
        return min(1, 2 * min(pValue(above: margin), pValue(below: -margin)))
    }

    /// P(Bin(n, 1/2) >= count), by symmetry from the lower tail.
    private func pValue(count: Int) -> Double {
        BinomialTail.below(differences.count - count + 1, count: differences.count)
    }
}
