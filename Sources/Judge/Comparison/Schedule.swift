import Statistics

/// Which cases need another round.
///
/// A case needs rounds until its interval, at the confidence that the whole suite asks of each, is narrow enough. Whether a
/// difference has shown is never looked at: that would make every difference one. And the width is looked at seldom, each
/// time a quarter more rounds later and at least four: looking after every round would cost the interval two points of its
/// coverage.
package struct Schedule: Sendable {
    private let confidence: Double
    /// Half-width of an interval of log ratios that is narrow enough.
    private let target: Double
    /// The fewest rounds that have an interval at all.
    package let least: Int
    private let most: Int
    /// For each case, the count of rounds at which it is looked at next; nil if it is settled.
    private var checkpoints: [Int?]

    /// An interval that is narrower than this share of the margin tells any difference that matters.
    static let targetShare = 0.25

    /// - Parameter cases: those that can be compared, of `count` in all.
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

    /// Takes a case out: it cannot be measured.
    package mutating func drop(_ index: Int) { checkpoints[index] = nil }

    /// Looks at the rounds of a case, where it is time to.
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
