import Glibc
import Statistics
import Testing

/// How often the 95 % interval of paired log ratios holds the true one.
@Suite struct CoverageTests {
    @Test(arguments: Times.allCases, [10, 20, 37]) func ofAFixedNumberOfRounds(times: Times, rounds: Int) throws {
        var generator = Generator(state: 1)
        let (sets, truth) = (10_000, 1.05)
        let covered = try count(of: sets) {
            let differences = times.pairs(rounds, slowdown: truth, &generator)
            return try isCovered(log(truth), by: differences)
        }
        #expect(Double(covered) >= 0.945 * Double(sets), "\(covered) of \(sets)")
    }

    /// Rounds are added in blocks until the interval is narrow, at least 11 and at most 60. Looking again and again costs
    /// some of the 95 %, since an interval that is narrow by chance ends the search: after every single round it would be
    /// 92.7 % for the normal distribution.
    @Test(arguments: Times.allCases, [2, 4]) func ofRoundsUntilItIsNarrow(times: Times, block: Int) throws {
        var generator = Generator(state: 2)
        // Where looking costs most.
        let target = 0.35 * typicalHalfWidth(of: times)
        let sets = 10_000
        var spent: Set<Int> = []
        let covered = try count(of: sets) {
            var differences = times.pairs(11, &generator)
            while differences.count < 60, try interval(of: differences).halfWidth > target {
                differences += times.pairs(min(block, 60 - differences.count), &generator)
            }
            spent.insert(differences.count)
            return try isCovered(0, by: differences)
        }
        #expect(Double(covered) >= 0.935 * Double(sets), "\(covered) of \(sets)")
        // Otherwise nothing was chosen by looking.
        #expect(spent.count > 6)
    }

    private func interval(of differences: [Double]) throws -> MedianInterval {
        try #require(Quantiles(differences).flatMap { MedianInterval($0) })
    }

    private func isCovered(_ truth: Double, by differences: [Double]) throws -> Bool {
        let interval = try interval(of: differences)
        return interval.low <= truth && truth <= interval.high
    }

    /// That of eleven rounds, in the middle.
    private func typicalHalfWidth(of times: Times) -> Double {
        var generator = Generator(state: 3)
        let widths = (0..<999).compactMap { _ in
            Quantiles(times.pairs(11, &generator)).flatMap { MedianInterval($0) }?.halfWidth
        }
        return Quantiles(widths)?.median ?? .nan
    }
}
