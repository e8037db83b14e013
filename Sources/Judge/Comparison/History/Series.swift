import Foundation
import Results
import Settings
import Statistics

/// The latency of one case over commits.
package struct Series: Sendable, Hashable {
    /// The measurements of one commit: all samples of all its runs together.
    package struct Point: Sendable, Hashable {
        /// The commit's index in the history.
        package let commit: Int
        /// Seconds per call.
        package let median: Double
        /// The 95 % interval of the median; nil below six samples. It covers the scatter within runs, not between runs.
        package let low: Double?
        package let high: Double?
        /// The fastest and the slowest sample.
        package let least: Double
        package let most: Double
        /// The number of samples.
        package let count: Int
    }

    /// Commits between which nothing changed beyond the noise.
    package struct Level: Sendable, Hashable {
        /// The indexes of the first and the last commit with a figure.
        package let first: Int
        package let last: Int
        /// Seconds: the median of the commits' medians.
        package let seconds: Double
    }

    /// A change from one level to the next.
    package struct Step: Sendable, Hashable {
        /// The indexes of the last commit on the old level and the first on the new one.
        package let from: Int
        package let to: Int
        /// New / old: above 1 is slower.
        package let ratio: Double
    }

    /// The canonical name; like the following properties, from the newest run that has the case.
    package let `case`: String
    package let label: String
    package let setting: Setting
    /// One per commit, oldest first; none if the case is missing or failed.
    package let points: [Point]
    package let levels: [Level]
    package let steps: [Step]

    /// Fails if nothing was measured.
    /// - Parameter records: the records of one case, newest first, with the indexes of their commits.
    init?(_ records: [(commit: Int, record: Record)]) {
        guard let newest = records.first?.record else { return nil }
        let measured = records.filter { $0.record.status == .measured }
        points = Dictionary(grouping: measured, by: \.commit).compactMap { commit, records in
            Point(commit: commit, seconds: records.flatMap { $0.record.samples?.seconds ?? [] })
        }.sorted { $0.commit < $1.commit }
        guard !points.isEmpty else { return nil }
        `case` = newest.case
        label = newest.label
        setting = newest.setting
        (levels, steps) = Self.steps(in: points)
    }

    private static func steps(in points: [Point]) -> ([Level], [Step]) {
        let found = Steps(points.map { log($0.median) }, halfWidths: points.compactMap(\.halfWidthOfLogarithm))
        // A median of zero has no logarithm, and therefore no level.
        guard let found else { return ([], []) }
        let levels = found.stretches.map { stretch in
            Level(
                first: points[stretch.range.lowerBound].commit, last: points[stretch.range.upperBound - 1].commit,
                seconds: exp(stretch.level))
        }
        let steps = zip(levels, levels.dropFirst()).map { old, new in
            Step(from: old.last, to: new.first, ratio: new.seconds / old.seconds)
        }
        return (levels, steps)
    }
}

extension Series.Point {
    fileprivate init?(commit: Int, seconds: [Double]) {
        guard let quantiles = Quantiles(seconds) else { return nil }
        let interval = MedianInterval(quantiles)
        self.init(
            commit: commit, median: quantiles.median, low: interval?.low, high: interval?.high,
            least: quantiles.minimum, most: quantiles.maximum, count: quantiles.count)
    }

    fileprivate var halfWidthOfLogarithm: Double? {
        guard let low, let high, low > 0, high < .infinity else { return nil }
        return log(high / low) / 2
    }
}
