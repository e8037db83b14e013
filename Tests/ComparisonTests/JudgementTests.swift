import Comparison
import Foundation
import Results
import Testing
import Workers

@Suite struct JudgementTests {
    /// A comparison of given log ratios, a list a case.
    private func judgement(
        _ logRatios: [[Double]], facts: Both<Round.Facts> = Both { _ in .plain }, code: [Int: CodeComparison] = [:]
    ) -> Judgement {
        var comparison = MeasuredComparison(header: .test())
        comparison.code = code
        for (index, ratios) in logRatios.enumerated() {
            comparison.cases.append(.common("case \(index)"))
            for ratio in ratios {
                var round = Round(case: index, order: "BHHB", samples: Both { _ in Samples(calls: 1) }, facts: facts)
                for _ in 0..<2 {
                    round.samples.base.append(seconds: 1)
                    round.samples.head.append(seconds: exp(ratio))
                }
                comparison.rounds.append(round)
            }
        }
        comparison.end = ComparisonEnd(wallSeconds: 1, ranOut: false)
        return Judgement(comparison)
    }

    private func around(_ center: Double, _ spread: Double, count: Int) -> [Double] {
        (0..<count).map { center + spread * (2 * Double($0) / Double(count - 1) - 1) }
    }

    @Test func theFourVerdicts() {
        let judged = judgement([
            around(0.05, 0.005, count: 20), around(-0.05, 0.005, count: 20), around(0.001, 0.005, count: 20),
            around(0.02, 0.03, count: 20),
        ])
        #expect(judged.cases.map { $0.time?.verdict } == [.slower, .faster, .same, .inconclusive])
        #expect(judged.cases.map { $0.isRegression } == [true, false, false, false])
        #expect(judged.cases[0].medians == Both(base: 1, head: judged.cases[0].medians?.head ?? 0))
        #expect(judged.count(.same) == 1)
    }

    /// Only where everything that a case calls is the same machine code is its difference nobody's fault.
    @Test func sameCodeAtOtherAddressesIsMoved() {
        let (slower, faster) = (around(0.05, 0.005, count: 20), around(-0.05, 0.005, count: 20))
        let (same, wide) = (around(0.001, 0.005, count: 20), around(0.02, 0.03, count: 20))
        let judged = judgement(
            [slower, faster, same, wide, slower, slower, slower, slower],
            code: [
                0: .moved(functions: 9), 1: .moved(functions: 9), 2: .moved(functions: 9), 3: .moved(functions: 9),
                4: .same(functions: 9), 5: .differs(["kernel"]), 6: .unknown("no symbols"),
            ])
        #expect(
            judged.cases.map { $0.time?.verdict } == [
                .moved, .moved, .same, .inconclusive, .slower, .slower, .slower, .slower,
            ])
        #expect(judged.cases.map(\.isRegression) == [false, false, false, false, true, true, true, true])
        #expect(judged.count(.moved) == 2)
    }

    /// The same code that allocates more is not a matter of addresses.
    @Test func whatMovedMayStillBeWorse() {
        let judged = judgement(
            [around(0.05, 0.005, count: 20)], facts: Both(base: .facts(), head: .facts(packed: 101, allocations: 2)),
            code: [0: .moved(functions: 9)])
        #expect(judged.cases[0].time?.verdict == .moved)
        #expect(judged.cases[0].isRegression)
    }

    @Test func theMarginIsTheSameBothWays() {
        let edge = log(1.02)
        let judged = judgement([around(edge + 1e-4, 0, count: 12), around(-edge - 1e-4, 0, count: 12)])
        #expect(judged.cases.map { $0.time?.verdict } == [.slower, .faster])
        let within = judgement([around(edge - 1e-4, 0, count: 12), around(-edge + 1e-4, 0, count: 12)])
        #expect(within.cases.map { $0.time?.verdict } == [.same, .same])
    }

    @Test func fewRoundsSayNothing() {
        let judged = judgement([[0.5, 0.5, 0.5], [0.5]])
        #expect(judged.cases.map { $0.time?.verdict } == [.inconclusive, .inconclusive])
        #expect(judged.cases[0].time?.interval == nil)
        #expect(judged.cases[0].roundsNeeded == 7, "2^-n <= 0.05 / 2 / 2")
    }

    @Test func oneCaseOfManyNeedsMoreThanOneAlone() {
        let slow = around(0.05, 0.001, count: 8)
        #expect(judgement([slow]).cases[0].time?.verdict == .slower)
        let many = judgement([slow] + Array(repeating: around(0, 0.001, count: 8), count: 30))
        #expect(many.cases[0].time?.verdict == .inconclusive)
        #expect(many.cases[0].roundsNeeded == 11, "2^-n <= 0.05 / 31 / 2")
    }

    @Test func aDifferenceAtTheMarginCannotBeSettled() {
        let judged = judgement([around(log(1.02), 0.02, count: 20)])
        #expect(judged.cases[0].time?.verdict == .inconclusive)
        #expect(judged.cases[0].roundsNeeded == nil)
    }

    @Test func roundsNeededFollowFromTheWidth() throws {
        let few = try #require(judgement([around(0.027, 0.02, count: 20)]).cases[0].roundsNeeded)
        let many = try #require(judgement([around(0.0225, 0.02, count: 20)]).cases[0].roundsNeeded)
        #expect(few > 20)
        #expect(many > 2 * few)
    }

    @Test func whatIsExactIsComparedExactly() {
        let ratios = around(0, 0.001, count: 12)
        #expect(judgement([ratios]).cases[0].changes.isEmpty)
        let heavier = judgement([ratios], facts: Both(base: .facts(), head: .facts(packed: 101, allocations: 2)))
        #expect(heavier.cases[0].changes.map(\.metric) == ["packed_bytes", "allocations"])
        #expect(heavier.cases[0].isRegression)
        let lighter = judgement([ratios], facts: Both(base: .facts(packed: 101), head: .facts()))
        #expect(lighter.cases[0].changes.map(\.isWorse) == [false])
        #expect(!lighter.cases[0].isRegression)
    }

    @Test func memoryCountsWhereItIsMoreThanPages() {
        let ratios = around(0, 0.001, count: 12)
        let more = judgement([ratios], facts: Both(base: .facts(own: 10 << 20), head: .facts(own: 12 << 20)))
        #expect(more.cases[0].changes.map(\.metric) == ["own_memory"])
        #expect(more.cases[0].isRegression)
        let pages = judgement([ratios], facts: Both(base: .facts(own: 1 << 20), head: .facts(own: 1 << 20 + 100_000)))
        #expect(pages.cases[0].changes.isEmpty)
    }

    @Test func countsThatOneSideDoesNotTellAreNoChange() {
        var comparison = MeasuredComparison(header: .test())
        var old = ListedCase.case_("case")
        old.costs = nil
        comparison.cases = [ComparedCase(suite: "suite", sides: Both(base: old, head: .case_("case", macs: 7)))]
        var round = Round(case: 0, order: "BH", samples: Both { _ in Samples(calls: 1) }, facts: Both { _ in .plain })
        for side in Side.allCases { round.samples[side].append(seconds: 1) }
        comparison.rounds = [round]
        #expect(Judgement(comparison).cases[0].changes.isEmpty)
        comparison.cases = [
            ComparedCase(suite: "suite", sides: Both(base: .case_("case", macs: 6), head: .case_("case", macs: 7)))
        ]
        #expect(Judgement(comparison).cases[0].changes.map(\.metric).contains("macs"))
    }

    @Test func theGeometricMeanIsOfWhatWasCompared() throws {
        let judged = judgement([around(log(2), 0, count: 8), around(-log(2), 0, count: 8), []])
        #expect(abs(try #require(judged.geometricMean(of: "suite")) - 1) < 1e-12)
        #expect(judged.geometricMean(of: "other") == nil)
    }
}

/// Whole comparisons of simulated programs.
@Suite struct PowerTests {
    private func verdicts(ratios: [Double], seeds: ClosedRange<UInt64>) throws -> [[Verdict?]] {
        try seeds.map { seed in
            let comparison = try SimulatedComparison(ratios: ratios, seed: seed).run().comparison
            return Judgement(comparison).cases.map { $0.time?.verdict }
        }
    }

    @Test func programsThatAreAlikeRaiseNoAlarm() throws {
        let all = try verdicts(ratios: Array(repeating: 1, count: 20), seeds: 1...40)
        #expect(all.joined().allSatisfy { $0 == .same || $0 == .inconclusive })
        #expect(Double(all.joined().count { $0 == .same }) > 0.98 * 800)
    }

    @Test func aSlowdownIsFoundAndNothingElse() throws {
        var ratios = Array(repeating: 1.0, count: 20)
        ratios[7] = 1.05
        let all = try verdicts(ratios: ratios, seeds: 1...20)
        #expect(all.allSatisfy { $0[7] == .slower })
        #expect(all.allSatisfy { verdicts in verdicts.count { $0 == .slower || $0 == .faster } == 1 })
    }

    @Test func theIntervalsHoldWhatTheyPromise() throws {
        // Of log ratios as these comparisons end them: after looks at their width.
        var (covered, of) = (0, 0)
        for seed in UInt64(1)...60 {
            var simulation = SimulatedComparison(ratios: Array(repeating: 1, count: 20), seed: seed)
            simulation.change = { index, pairing in pairing.processNoise = 0.002 + 0.001 * Double(index) }
            let test = SelfTest([Judgement(try simulation.run().comparison)])
            covered += test.coverage.covered
            of += test.coverage.of
        }
        #expect(of == 1200)
        #expect(Double(covered) / Double(of) >= 0.93)
    }

    @Test func theSelfTestSaysWhatCouldBeSeen() throws {
        let judgement = Judgement(try SimulatedComparison(ratios: Array(repeating: 1, count: 5)).run().comparison)
        for item in judgement.cases {
            let visible = try #require(item.leastVisible)
            #expect(visible > 1.02)
            #expect(visible < 1.04)
        }
        let test = SelfTest([judgement])
        #expect(test.falseAlarms == 0)
        #expect(test.quietComparisons == 1)
        #expect(test.found == (0, 0))
    }

    @Test func slowedCasesAreNoFalseAlarms() throws {
        var simulation = SimulatedComparison(ratios: [1.05, 1, 1])
        (simulation.options.slowdown, simulation.options.slowedCases) = (0.05, ["case 0"])
        let test = SelfTest([Judgement(try simulation.run().comparison)])
        #expect(test.falseAlarms == 0)
        #expect(test.found == (1, 1))
        #expect(test.coverage.of == 2)
    }
}
