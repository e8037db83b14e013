import Glibc
import Statistics
import Testing

@Suite struct SignTestTests {
    /// Counted by hand: tails of Pascal's triangle.
    @Test func agreesWithTheTriangle() {
        let test = SignTest([-0.3, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
        #expect(near(test.pValue(above: 0), 11.0 / 1024))
        #expect(near(test.pValue(above: 0.15), 56.0 / 1024))
        #expect(near(test.pValue(above: 0.55), 848.0 / 1024))
        #expect(near(test.pValue(above: 1), 1))
        #expect(near(test.pValue(above: -1), 1.0 / 1024))
        #expect(near(test.pValue(below: 0), 1023.0 / 1024))
        #expect(near(test.pValue(below: 1), 1.0 / 1024))
        #expect(near(test.pValue(beyond: 0), 22.0 / 1024))
        #expect(near(test.pValue(beyond: 0.15), 112.0 / 1024))
        #expect(test.pValue(beyond: 0.55) == 1)
    }

    @Test func theSidesAreMirrored() {
        let differences = [0.3, -0.1, 0.7, 0.2, 0.25, -0.05, 0.9]
        let (test, mirror) = (SignTest(differences), SignTest(differences.map { -$0 }))
        for bound in [-0.5, -0.1, 0, 0.2, 0.3, 2] {
            #expect(test.pValue(above: bound) == mirror.pValue(below: -bound))
            #expect(test.pValue(beyond: abs(bound)) == mirror.pValue(beyond: abs(bound)))
        }
    }

    /// What equals the bound speaks for neither side, and neither does what has no order.
    @Test(arguments: [0, Double.nan]) func tiesOnlyWeaken(tie: Double) {
        let test = SignTest([tie, tie, 1, 1, 1, 1, 1, 1])
        #expect(near(test.pValue(above: 0), 37.0 / 256))
        #expect(near(test.pValue(below: 0), 1))
        #expect(SignTest(Array(repeating: tie, count: 20)).pValue(beyond: 0) == 1)
    }

    @Test func oneValueAndNone() {
        #expect(SignTest([]).pValue(above: 0) == 1)
        #expect(SignTest([]).pValue(below: 0) == 1)
        #expect(SignTest([]).pValue(beyond: 0) == 1)
        #expect(near(SignTest([5]).pValue(above: 0), 0.5))
        #expect(near(SignTest([5]).pValue(beyond: 0), 1))
        #expect(near(SignTest([.infinity]).pValue(above: 0), 0.5))
    }

    @Test func zeroVarianceIsAsSureAsCountsAllow() {
        let test = SignTest(Array(repeating: log(1.05), count: 12))
        #expect(near(test.pValue(beyond: log(1.02)), 2.0 / 4096))
        #expect(test.pValue(beyond: log(1.06)) == 1)
    }

    @Test func manyValuesKeepTheirPrecision() {
        let p = SignTest(Array(repeating: 1, count: 1000)).pValue(above: 0)
        #expect(abs(log2(p) + 1000) < 1e-6)
        // The sum of comb(1000, k) from k = 540 over 2^1000, in whole numbers.
        let mixed = SignTest((0..<1000).map { $0 < 540 ? 1 : -1 })
        #expect(abs(mixed.pValue(above: 0) / 0.00622207313858589 - 1) < 1e-9)
    }

    /// The interval is the test turned round: 0 lies outside exactly where the test rejects.
    @Test func agreesWithTheInterval() throws {
        var generator = Generator(state: 5)
        for count in [6, 7, 12, 20, 33] {
            for _ in 0..<200 {
                let shift = generator.normal() / 2
                let differences = (0..<count).map { _ in shift + generator.normal() }
                let interval = try #require(Quantiles(differences).flatMap { MedianInterval($0) })
                let isOutside = interval.low > 0 || interval.high < 0
                #expect(isOutside == (SignTest(differences).pValue(beyond: 0) <= 0.05))
            }
        }
    }
}

func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-11 * max(abs(a), abs(b)) }
