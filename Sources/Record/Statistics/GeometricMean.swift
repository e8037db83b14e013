import RealModule

/// The right mean for ratios: the mean of the inverses is the inverse of the mean (Fleming and Wallace, "How not to lie with
/// statistics", Communications of the ACM 29, 1986).
package enum GeometricMean {
    /// Nil if there are no ratios, or one that is not positive and finite.
    package static func of(_ ratios: [Double]) -> Double? {
        guard !ratios.isEmpty, ratios.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        return Double.exp(ratios.reduce(0) { $0 + Double.log($1) } / Double(ratios.count))
    }
}
