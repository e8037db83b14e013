import RealModule

/// Finds where a short series of logarithms, one value per commit, moves from one level to another.
///
/// The partition of least cost, where each stretch costs the sum of distances from its median and each step a penalty:
/// an L1 Potts functional, minimised exactly by dynamic programming (Friedrich, Kempe, Liebscher and Winkler,
/// "Complexity penalized M-estimation: fast computation", Journal of Computational and Graphical Statistics 17, 2008;
/// Storath, Weinmann and Unser, "Jump-penalized least absolute values estimation of scalar or circle-valued signals",
/// 2017).
///
/// A stretch has at least two values, so a single deviating value is never a step: in the middle it is an outlier, and
/// at an end a second value must agree.
package struct Steps: Sendable, Hashable {
    /// Consecutive values on one level.
    package struct Stretch: Sendable, Hashable {
        package let range: Range<Int>
        /// The median of the values.
        package let level: Double
    }

    /// A change of level.
    package struct Step: Sendable, Hashable {
        /// The first value on the new level.
        package let index: Int
        /// New level minus old level: the logarithm of a ratio.
        package let change: Double
    }

    /// The fewest values in which a step can be found.
    package static let leastCount = 2 * shortest

    /// Stretches that cover all values in order; empty if there are none.
    package let stretches: [Stretch]
    /// The estimated standard deviation of a value from its level.
    package let noise: Double

    package var steps: [Step] {
        zip(stretches, stretches.dropFirst()).map { Step(index: $1.range.lowerBound, change: $1.level - $0.level) }
    }

    /// `halfWidths` are those of the values' own 95 % intervals, if known. Fails if a value is not finite.
    package init?(_ values: [Double], halfWidths: [Double] = []) {
        guard values.allSatisfy(\.isFinite) else { return nil }
        noise = Self.noise(of: values, halfWidths: halfWidths)
        let penalty = Self.penalty(count: values.count) * noise
        stretches = Self.partition(values, penalty: penalty)
    }
}

extension Steps {
    private static let shortest = 2

    /// The smallest relevant error of a logarithm; it keeps equal values on one level.
    private static let leastNoise = 1e-9

    /// The median distance of neighbours, which a few steps and outliers hardly change, as a normal distribution's
    /// sigma; at least the median of the values' own half-widths, which are 1.96 sigma each.
    private static func noise(of values: [Double], halfWidths: [Double]) -> Double {
        let distances = zip(values, values.dropFirst()).map { abs($1 - $0) }
        let neighbours = (Quantiles(distances)?.median ?? 0) * 1.4826 / 2.0.squareRoot()
        let own = (Quantiles(halfWidths.filter(\.isFinite))?.median ?? 0) / 1.96
        return max(neighbours, own, leastNoise)
    }

    /// The penalty of a step in units of the noise. It grows with the logarithm of the count, as in Schwarz's
    /// criterion. Both factors come from simulation: fewer than one in twenty series of 5 to 60 values without a step
    /// are given one (normal, exponential, Student's t, with outliers).
    private static func penalty(count n: Int) -> Double {
        let n = Double(n)
        return 2 + 2 * Double.log(n)
    }

    /// best[j] is the least cost of the first j values; start[j] is where their last stretch begins.
    private static func partition(_ values: [Double], penalty: Double) -> [Stretch] {
        let n = values.count
        guard n > 0 else { return [] }
        guard n >= leastCount else { return [stretch(values, 0..<n)] }
        var best = [-penalty] + Array(repeating: Double.infinity, count: n)
        var start = Array(repeating: 0, count: n + 1)
        for i in 0...(n - shortest) where best[i] < .infinity {
            let costs = distancesFromMedian(values[i...])
            for j in (i + shortest)...n where best[i] + penalty + costs[j - i - 1] < best[j] {
                best[j] = best[i] + penalty + costs[j - i - 1]
                start[j] = i
            }
        }
        var stretches: [Stretch] = []
        var end = n
        while end > 0 {
            stretches.append(stretch(values, start[end]..<end))
            end = start[end]
        }
        return stretches.reversed()
    }

    private static func stretch(_ values: [Double], _ range: Range<Int>) -> Stretch {
        Stretch(range: range, level: Quantiles(Array(values[range]))?.median ?? 0)
    }

    /// The sum of distances from the median, for the first value, the first two, and so on.
    private static func distancesFromMedian(_ values: ArraySlice<Double>) -> [Double] {
        var sorted: [Double] = []
        var cost = 0.0
        return values.map { value in
            // With an even number, every point between the two middle values is a median: use the lower one.
            if !sorted.isEmpty {
                let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
                cost += max(low - value, value - high, 0)
            }
            sorted.insert(value, at: sorted.firstIndex { $0 > value } ?? sorted.count)
            return cost
        }
    }
}
