import Glibc
import Statistics
import Testing

@Suite struct MedianIntervalTests {
    /// Figures of scipy.stats.binom, which agree with Conover's table A3.
    @Test(arguments: [
        (1, 0), (5, 0), (6, 1), (7, 1), (8, 1), (9, 2), (10, 2), (11, 2), (12, 3), (15, 4), (17, 5), (20, 6), (25, 8),
        (30, 10), (40, 14), (50, 18), (64, 24), (100, 40), (101, 41), (200, 86), (459, 209), (1000, 469), (1500, 712),
        (2000, 956), (10_000, 4902), (100_000, 49690), (1_000_000, 499_020),
    ]) func ranks(count: Int, rank: Int) {
        #expect(MedianInterval.rank(count: count, confidence: 0.95) == rank)
    }

    @Test(arguments: [
        (0.99, 7, 0), (0.99, 8, 1), (0.99, 100, 37), (0.99, 1000, 459), (0.99, 1_000_000, 498_712), (0.9, 5, 1),
        (0.9, 11, 3), (0.9, 1000, 474),
    ]) func ranksOfOtherConfidences(confidence: Double, count: Int, rank: Int) {
        #expect(MedianInterval.rank(count: count, confidence: confidence) == rank)
    }

    /// The tail below 1 of six values is 1/64: a limit that equals it is kept.
    @Test func tailThatEqualsTheLimit() {
        #expect(MedianInterval.rank(count: 6, confidence: 1 - 2.0 / 64) == 1)
        #expect(MedianInterval.rank(count: 10, confidence: 1 - 2.0 * 11 / 1024) == 2)
    }

    @Test func extremes() {
        #expect(MedianInterval.rank(count: 0, confidence: 0.95) == 0)
        #expect(MedianInterval.rank(count: 5000, confidence: 1) == 0)
        #expect(MedianInterval.rank(count: 5000, confidence: 2) == 0)
        #expect(MedianInterval.rank(count: 7, confidence: 0) == 4)
        #expect(MedianInterval.rank(count: 8, confidence: 0) == 4)
        #expect(MedianInterval.rank(count: 1, confidence: 0) == 1)
    }

    @Test func ends() throws {
        let interval = try #require(Quantiles((1...10).map(Double.init)).flatMap { MedianInterval($0) })
        #expect((interval.low, interval.median, interval.high) == (2, 5.5, 9))
        #expect(abs(interval.relativeHalfWidth - 3.5 / 5.5) < 1e-15)
        #expect(try MedianInterval(#require(Quantiles([1, 2, 3, 4, 5]))) == nil)
    }

    @Test func degenerateWidths() throws {
        func width(_ values: [Double]) throws -> Double {
            try #require(Quantiles(values).flatMap { MedianInterval($0) }).relativeHalfWidth
        }
        #expect(try width(Array(repeating: 3, count: 9)) == 0)
        #expect(try width(Array(repeating: 0, count: 9)) == 0)
        #expect(try width(Array(repeating: .infinity, count: 9)) == 0)
        #expect(try width([0, 0, 0, 0, 0, 1]) == .infinity)
        #expect(try width([1, 1, 1, 1, 1, .infinity]) == .infinity)
        #expect(try width([1, 1, .infinity, .infinity, .infinity, .infinity]) == .infinity)
    }

    @Test func halfWidths() throws {
        func halfWidth(_ values: [Double]) throws -> Double {
            try #require(Quantiles(values).flatMap { MedianInterval($0) }).halfWidth
        }
        #expect(try halfWidth((1...10).map(Double.init)) == 3.5)
        #expect(try halfWidth(Array(repeating: -.infinity, count: 6)) == 0)
        #expect(try halfWidth([-.infinity, 0, 0, 0, 0, .infinity]) == .infinity)
    }

    @Test(arguments: [(0.95, 6), (0.99, 8), (0.9, 5), (1 - 0x1p-5, 6), (0.5, 2), (0.0, 1), (-1.0, 1), (1.0, Int.max)])
    func leastCounts(confidence: Double, count: Int) {
        #expect(MedianInterval.leastCount(confidence: confidence) == count)
        guard count < .max else { return }
        #expect(MedianInterval.rank(count: count, confidence: confidence) >= 1)
        #expect(MedianInterval.rank(count: count - 1, confidence: confidence) == 0)
    }

    /// As many values have the interval that they have; four times as many one about half as wide.
    @Test func expectedEnds() throws {
        let quantiles = try #require(Quantiles((1...101).map(Double.init)))
        let now = try #require(MedianInterval(quantiles))
        let same = try #require(MedianInterval.expected(of: quantiles, count: 101))
        #expect(same == (now.low, now.high))
        let more = try #require(MedianInterval.expected(of: quantiles, count: 404))
        #expect(abs((more.high - more.low) / (now.high - now.low) - 0.5) < 0.05)
        #expect(MedianInterval.expected(of: quantiles, count: 5) == nil)
        let point = try #require(Quantiles([2, 2, 2]))
        #expect(try #require(MedianInterval.expected(of: point, count: 6)) == (2, 2))
    }

    /// A tie at the ends widens nothing: the interval holds the median of a distribution with atoms, too.
    @Test(arguments: Distribution.allCases) func coverage(distribution: Distribution) throws {
        var generator = Generator(state: 20_240_229)
        let sets = 10_000
        var covered = 0
        for i in 0..<sets {
            let values = (0..<[6, 13, 20, 37, 64][i % 5]).map { _ in distribution.draw(&generator) }
            let interval = try #require(Quantiles(values).flatMap { MedianInterval($0) })
            if interval.low <= distribution.median && distribution.median <= interval.high { covered += 1 }
        }
        #expect(Double(covered) >= 0.945 * Double(sets), "\(covered) of \(sets)")
    }

    enum Distribution: CaseIterable {
        case normal, lognormal, bimodal, outliers, ties

        var median: Double {
            switch self {
            case .normal: 0
            case .lognormal: 1
            case .bimodal: 0
            case .outliers: 1
            case .ties: 2
            }
        }

        func draw(_ generator: inout Generator) -> Double {
            switch self {
            case .normal: generator.normal()
            case .lognormal: exp(generator.normal())
            case .bimodal: (generator.uniform() < 0.5 ? -5 : 5) + generator.normal()
            // One in ten is far off, on either side, as often above as below.
            case .outliers: 1 + (generator.uniform() < 0.1 ? 1000 : 0.01) * generator.normal()
            case .ties: (5 * generator.uniform()).rounded(.down)
            }
        }
    }
}
