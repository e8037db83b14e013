import Statistics

/// A step that most cases make at the same commit and in the same direction. One commit seldom changes most kernels;
/// another day's machine, a library or the compiler does.
package struct SharedStep: Sendable, Hashable {
    /// The place of the first commit on the new level.
    package let commit: Int
    /// New / old: the median of the cases that made it.
    package let ratio: Double
    /// Cases that made it, of those that have a figure there and before.
    package let cases: Int
    package let of: Int

    /// Of fewer cases "most" says nothing.
    private static let fewest = 3

    static func found(in series: [Series]) -> [SharedStep] {
        let commits = Set(series.flatMap { $0.steps.map(\.to) }).sorted()
        return commits.compactMap { commit in
            let present = series.count { series in
                series.points.contains { $0.commit == commit } && (series.points.first?.commit ?? commit) < commit
            }
            let ratios = series.flatMap { $0.steps.filter { $0.to == commit }.map(\.ratio) }
            let (slower, faster) = (ratios.filter { $0 > 1 }, ratios.filter { $0 < 1 })
            let most = slower.count > faster.count ? slower : faster
            guard present >= fewest, 2 * most.count > present, let ratio = Quantiles(most)?.median else { return nil }
            return SharedStep(commit: commit, ratio: ratio, cases: most.count, of: present)
        }
    }
}
