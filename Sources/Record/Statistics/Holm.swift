/// Holm's step-down correction for many tests at once ("A simple sequentially rejective multiple test procedure",
/// Scandinavian Journal of Statistics 6, 1979): the chance of even one false alarm stays below the level, however the
/// tests depend on each other.
package enum Holm {
    /// For each p-value, in the given order, the least familywise level at which its hypothesis is rejected: the
    /// largest of (m - j + 1) p_(j) over the p-values up to it, at most 1.
    package static func adjusted(_ pValues: [Double]) -> [Double] {
        var adjusted = pValues
        var least = 0.0
        let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
        for (rank, index) in order.enumerated() {
            least = min(1, max(least, Double(pValues.count - rank) * pValues[index]))
            adjusted[index] = least
        }
        return adjusted
    }
}
