import Statistics

/// Decides from the durations of batches when a body is warm.
///
/// Batches are grouped in windows. Warm-up is over when the first batch of a window is not a slow outlier of this
/// window and the next, and the two agree: means within -50 ... +10 %, quartiles within 5 % (as in pyperf).
struct Warmup {
    /// A window holds at least this many batches,
    private static let leastBatches = 8
    /// and lasts 5 ms, since frequency governors work in milliseconds,
    private static let leastDuration = 5_000_000.0
    /// but holds no more than this many.
    private static let mostBatches = 256

    private var previous: [Double] = []
    private var current: [Double] = []
    private var elapsed = 0.0
    /// Whether the last two windows agree.
    private(set) var isOver = false

    /// Adds the duration of a batch in nanoseconds.
    mutating func add(_ duration: UInt64) {
        current.append(Double(duration))
        elapsed += Double(duration)
        guard current.count >= Self.leastBatches else { return }
        guard elapsed >= Self.leastDuration || current.count >= Self.mostBatches else { return }
        isOver = Self.agree(previous, current)
        previous = current
        current = []
        elapsed = 0
    }

    private static func agree(_ first: [Double], _ second: [Double]) -> Bool {
        guard let rest = Quantiles(first.dropFirst() + second), let a = Quantiles(first), let b = Quantiles(second)
        else { return false }
        let fence = rest[0.75] + 1.5 * (rest[0.75] - rest[0.25])
        guard first[0] <= fence else { return false }
        let (mean, later) = (average(first), average(second))
        guard mean - later >= -0.5 * later, mean - later <= 0.1 * later else { return false }
        return [0.25, 0.75].allSatisfy { abs(a[$0] - b[$0]) <= 0.05 * b[$0] }
    }

    private static func average(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
