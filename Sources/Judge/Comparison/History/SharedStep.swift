import Statistics

/// A step that most cases make at the same commit and in the same direction. A single commit seldom changes most
/// kernels; more likely causes are the machine's state, a library or the compiler.
package struct SharedStep: Sendable, Hashable {
    /// The index of the first commit on the new level.
    package let commit: Int
    /// New / old: the median of the cases that made it.
    package let ratio: Double
    /// The number of cases that made it, and of those that have a figure both there and before.
    package let cases: Int
    package let of: Int

    /// With fewer cases, "most" means nothing.
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
