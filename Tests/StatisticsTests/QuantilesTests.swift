import Statistics
import Testing

@Suite struct QuantilesTests {
    /// Figures of numpy.quantile.
    @Test(arguments: [
        (0, 0.2), (0.1, 0.68), (0.25, 2.05), (0.5, 4.4), (0.75, 5.825), (0.9, 8.23), (0.99, 9.552999999999997),
        (1, 9.7),
    ]) func agreeWithNumPy(p: Double, expected: Double) throws {
        let quantiles = try #require(Quantiles([3.1, 0.2, 9.7, 4.4, 4.4, 1.0, 7.25]))
        #expect(abs(quantiles[p] - expected) < 1e-14)
    }

    @Test(arguments: [(0.1, 1.3), (0.25, 1.75), (0.5, 3.5), (0.75, 5.75), (0.9, 7.1)])
    func evenCount(p: Double, expected: Double) throws {
        #expect(abs(try #require(Quantiles([5, 1, 2, 8]))[p] - expected) < 1e-14)
    }

    @Test func summary() throws {
        let quantiles = try #require(Quantiles([3.1, 0.2, 9.7, 4.4, 4.4, 1.0, 7.25]))
        #expect((quantiles.count, quantiles.minimum, quantiles.maximum, quantiles.median) == (7, 0.2, 9.7, 4.4))
        #expect(abs(quantiles.mad - 2.85) < 1e-12)
        #expect(quantiles.outliers == 0)
        #expect(Quantiles([1, 1.1, 1.2, 1.1, 1.05, 9, 0.9, -7])?.outliers == 2)
    }

    @Test func oneValue() throws {
        let quantiles = try #require(Quantiles([3]))
        #expect([0, 0.3, 0.5, 1].allSatisfy { quantiles[$0] == 3 })
        #expect(quantiles.mad == 0)
        #expect(quantiles.outliers == 0)
    }

    @Test func equalValuesStayWhatTheyAre() throws {
        let quantiles = try #require(Quantiles(Array(repeating: 0.1, count: 10)))
        #expect((0...100).allSatisfy { quantiles[Double($0) / 100] == 0.1 })
        #expect(quantiles.outliers == 0)
    }

    @Test func nothingToSort() {
        #expect(Quantiles([]) == nil)
        #expect(Quantiles([1, .nan]) == nil)
    }

    @Test func infinities() throws {
        let mixed = try #require(Quantiles([1, .infinity, 2]))
        #expect(mixed.median == 2)
        #expect(mixed[0.75] == .infinity)
        #expect(mixed.mad == 1)
        let endless = try #require(Quantiles([.infinity, .infinity, .infinity, 1]))
        #expect(endless.median == .infinity)
        #expect(endless.mad == 0)
        #expect(endless.outliers == 1)
        #expect(try #require(Quantiles([-.infinity, .infinity])).median.isNaN)
        #expect(try #require(Quantiles([-.infinity, .infinity])).mad.isNaN)
    }

    @Test func hugeValuesDoNotOverflow() throws {
        let quantiles = try #require(Quantiles([-1.7e308, 1.7e308]))
        #expect(quantiles.median == 0)
        #expect(abs(quantiles[0.75] / 0.85e308 - 1) < 1e-15)
    }
}
