import Statistics

/// Decides which cases need another round.
///
/// A case needs rounds until its interval is narrow enough, at the confidence that the whole suite requires of each
/// case. Significance is never tested: that would make every difference significant. The width is checked seldom, each
/// time after a quarter more rounds and at least four: checking after every round would cost the interval two points of
/// coverage.
package struct Schedule: Sendable {
    private let confidence: Double
    /// The half-width at which an interval of log ratios is narrow enough.
    private let target: Double
    /// The fewest rounds that have an interval.
    package let least: Int
    private let most: Int
    /// For each case, the number of rounds at which it is checked next; nil if it is settled.
    private var checkpoints: [Int?]

    /// An interval narrower than this share of the margin shows any difference that matters.
    static let targetShare = 0.25

    /// - Parameter cases: the indexes of comparable cases, of `count` in all.
    package init(count: Int, comparing cases: [Int], options: ComparisonOptions) {
        confidence = options.confidenceOfEach(of: cases.count)
        target = options.logMargin * Self.targetShare
        most = options.rounds ?? options.mostRounds
        least = options.rounds ?? min(MedianInterval.leastCount(confidence: confidence), most)
        checkpoints = Array(repeating: nil, count: count)
        for index in cases { checkpoints[index] = least }
    }

    /// Cases that need another round, in order.
    package var open: [Int] { checkpoints.indices.filter { checkpoints[$0] != nil } }

    /// Removes a case that cannot be measured.
    package mutating func drop(_ index: Int) { checkpoints[index] = nil }

    /// Checks the rounds of a case, if a check is due.
    package mutating func look(at index: Int, logRatios: [Double]) {
        guard let checkpoint = checkpoints[index], logRatios.count >= checkpoint else { return }
        let interval = Quantiles(logRatios).flatMap { MedianInterval($0, confidence: confidence) }
        if logRatios.count >= most || interval.map({ $0.halfWidth <= target }) == true {
            checkpoints[index] = nil
        } else {
            checkpoints[index] = min(most, checkpoint + max(4, checkpoint / 4))
        }
    }
}
