import Glibc
import Statistics
import Testing

@Suite struct MedianRatioTests {
    private func ratio(_ base: [Double], _ head: [Double], confidence: Double = 0.95) throws -> MedianRatio? {
        MedianRatio(try #require(Quantiles(base)), try #require(Quantiles(head)), confidence: confidence)
    }

    /// Medians 5.5 in [2, 9] and 15.5 in [12, 19], put together by hand.
    @Test func joinsTwoIntervals() throws {
        let ten = (1...10).map(Double.init)
        let found = try #require(try ratio(ten, ten.map { $0 + 10 }))
        let interval = try #require(found.interval)
        #expect(near(found.ratio, 15.5 / 5.5))
        let below = hypot(log(15.5 / 12), log(9 / 5.5))
        let above = hypot(log(19 / 15.5), log(5.5 / 2))
        #expect(near(interval.lowerBound, 15.5 / 5.5 * exp(-below)))
        #expect(near(interval.upperBound, 15.5 / 5.5 * exp(above)))
    }

    @Test func turnedRoundItIsTheInverse() throws {
        let (base, head) = ([3.0, 4, 5, 6, 7, 8, 9, 11], [4.0, 4, 5, 7, 7, 8, 10])
        let found = try #require(try ratio(base, head))
        let inverse = try #require(try ratio(head, base))
        let (interval, turned) = try (#require(found.interval), #require(inverse.interval))
        #expect(near(found.ratio * inverse.ratio, 1))
        #expect(near(interval.lowerBound * turned.upperBound, 1))
        #expect(near(interval.upperBound * turned.lowerBound, 1))
        #expect(near(found.pValue(beyond: 0.01), inverse.pValue(beyond: 0.01)))
    }

    @Test func tooFewHaveARatioAndNoInterval() throws {
        let found = try #require(try ratio([2], [3]))
        #expect(found.ratio == 1.5)
        #expect(found.interval == nil)
        #expect(found.pValue(beyond: 0) > 1 - 1e-8)
        let uneven = try #require(try ratio([2], (1...40).map(Double.init)))
        #expect(uneven.interval == nil)
        #expect(uneven.pValue(beyond: 0) > 1 - 1e-8)
    }

    @Test func zeroVarianceIsAPoint() throws {
        let found = try #require(try ratio(Array(repeating: 2, count: 8), Array(repeating: 3, count: 20)))
        #expect(found.ratio == 1.5)
        #expect(try near(#require(found.interval).lowerBound, 1.5))
        #expect(try near(#require(found.interval).upperBound, 1.5))
        // Eight values alone can be no surer than 2/256.
        #expect(abs(found.pValue(beyond: 0.1) - 2.0 / 256) < 1e-9)
        #expect(found.pValue(beyond: log(1.51)) == 1)
        let same = try #require(try ratio(Array(repeating: 2, count: 8), Array(repeating: 2, count: 9)))
        #expect(same.interval == 1...1)
        #expect(same.pValue(beyond: 0) == 1)
    }

    @Test func zerosAndInfinities() throws {
        let some: [Double] = [0, 0, 2, 2, 2, 3, 3]
        let twos = Array(repeating: 2.0, count: 7)
        let fromZero = try #require(try ratio(twos, some)?.interval)
        #expect(fromZero.lowerBound == 0)
        #expect(near(fromZero.upperBound, 1.5))
        let below = try #require(try ratio(some, twos)?.interval)
        #expect(near(below.lowerBound, 1 / 1.5))
        #expect(below.upperBound == .infinity)
        #expect(try ratio([0, 0, 0, 1], twos) == nil)
        #expect(try ratio(twos, [0]) == nil)
        #expect(try ratio(twos, [-1, 2, 3]) == nil)
        #expect(try ratio([.infinity], twos) == nil)
        let endless = try #require(try ratio(twos, [1, 1, 1, 2, .infinity, .infinity, .infinity]))
        let toInfinity = try #require(endless.interval)
        #expect(near(toInfinity.lowerBound, 0.5))
        #expect(toInfinity.upperBound == .infinity)
    }

    @Test func thePValueIsTheIntervalTurnedRound() throws {
        var generator = Generator(state: 8)
        for _ in 0..<200 {
            let base = Times.normal.draw(12, &generator)
            let head = Times.normal.draw(31, &generator).map { $0 * (0.95 + 0.2 * generator.uniform()) }
            let p = try #require(try ratio(base, head)).pValue(beyond: 0.02)
            for alpha in [0.3, 0.1, 0.05, 0.01] {
                let interval = try #require(try ratio(base, head, confidence: 1 - alpha)?.interval)
                let isBeyond = log(interval.lowerBound) > 0.02 || log(interval.upperBound) < -0.02
                #expect(isBeyond == (p <= alpha + 1e-12))
            }
        }
    }

    @Test(arguments: Times.allCases, [(15, 40), (40, 15), (20, 200)])
    func coverage(times: Times, counts: (base: Int, head: Int)) throws {
        var generator = Generator(state: 77)
        let (sets, truth) = (10_000, 1.07)
        let covered = try count(of: sets) {
            let base = times.draw(counts.base, &generator)
            let head = times.draw(counts.head, &generator).map { truth * $0 }
            return try #require(try ratio(base, head)?.interval).contains(truth)
        }
        #expect(Double(covered) >= 0.94 * Double(sets), "\(covered) of \(sets)")
    }

    @Test func aChangeIsFound() throws {
        var generator = Generator(state: 78)
        let found = try count(of: 200) {
            let (base, head) = (Times.normal.draw(15, &generator), Times.normal.draw(40, &generator).map { $0 * 1.3 })
            return try #require(try ratio(base, head)).pValue(beyond: 0.02) < 0.05
        }
        #expect(found > 190)
    }
}
