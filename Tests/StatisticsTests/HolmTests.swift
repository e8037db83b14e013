import Statistics
import Testing

@Suite struct HolmTests {
    /// R's p.adjust(p, "holm").
    @Test func stepsDown() {
        let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
        #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy(near))
    }

    @Test func staysWithinOneAndInOrder() {
        #expect(Holm.adjusted([0.6, 0.9, 0.5]) == [1, 1, 1])
        #expect(Holm.adjusted([0, 1, 0]) == [0, 1, 0])
        let pValues = (0..<50).map { Double(($0 * 37) % 50) / 2000 }
        let pairs = zip(pValues, Holm.adjusted(pValues)).sorted { $0.0 < $1.0 }
        #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.1 <= $1.1 })
        #expect(pairs.allSatisfy { $0.0 <= $0.1 && $0.1 <= 1 })
    }

    @Test func equalOnesStayEqual() { #expect(Holm.adjusted([0.02, 0.02, 0.02]) == [0.06, 0.06, 0.06]) }

    @Test func oneAndNone() {
        #expect(Holm.adjusted([]).isEmpty)
        #expect(Holm.adjusted([0.03]) == [0.03])
    }

    /// Twenty cases of which none changed: how often any is called changed.
    @Test(arguments: Times.allCases) func familywiseError(times: Times) {
        var generator = Generator(state: 20)
        let sets = 10_000
        let alarms = count(of: sets) {
            let pValues = (0..<20).map { _ in SignTest(times.pairs(14, &generator)).pValue(beyond: 0) }
            return Holm.adjusted(pValues).contains { $0 <= 0.05 }
        }
        #expect(Double(alarms) <= 0.055 * Double(sets), "\(alarms) of \(sets)")
        #expect(alarms > 0)
    }

    /// Where many cases did change, the last of them need not pay for those already found.
    @Test func findsMoreThanBonferroni() {
        var generator = Generator(state: 21)
        var (holm, bonferroni) = (0, 0)
        for _ in 0..<500 {
            let pValues = (0..<20).map { index in
                SignTest(Times.normal.pairs(20, slowdown: index < 15 ? 1.12 : 1, &generator)).pValue(beyond: 0)
            }
            let found = Holm.adjusted(pValues).map { $0 <= 0.05 }
            let plainly = pValues.map { 20 * $0 <= 0.05 }
            #expect(zip(found, plainly).allSatisfy { $0 || !$1 })
            holm += found.count { $0 }
            bonferroni += plainly.count { $0 }
        }
        #expect(Double(holm) > 1.05 * Double(bonferroni), "\(holm) against \(bonferroni)")
    }
}
