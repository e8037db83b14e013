/// The rate that the best of many slices of time agree on.
///
/// A disturbance makes a slice slower, so the best slices show what the machine can do. A single best one may be an
/// error of the clock; three that agree are not.
package struct SettledRate: Sendable, Hashable {
    /// The third best rate.
    package let value: Double
    /// Whether the best three lie within 3 %.
    package let isSettled: Bool

    private static let witnesses = 3
    private static let agreement = 0.03

    /// Nil if there are fewer than three rates, or the third best is 0 or not finite.
    package init?(_ rates: [Double]) {
        let best = rates.sorted(by: >).prefix(Self.witnesses)
        guard best.count == Self.witnesses, let least = best.last, let most = best.first, least > 0, most.isFinite
        else { return nil }
        value = least
        isSettled = most / least <= 1 + Self.agreement
    }
}
