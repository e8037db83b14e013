import Comparison
import Foundation
import Results
import Testing

@Suite struct RoundTests {
    private func round(_ order: String, seconds: (_ turn: Int, _ side: Character) -> Double) -> Round {
        var round = Round(
            case: 0, order: order, samples: Both { _ in Samples(calls: 1) }, facts: Both { _ in .plain })
        for (turn, side) in order.enumerated() {
            round.samples[side == "B" ? .base : .head].append(seconds: seconds(turn, side))
        }
        return round
    }

    @Test func anEvenDriftMeetsBothSidesAlike() {
        // The machine slows by a tenth every turn; the head takes 1.05 times as long.
        for order in ["BHHB", "HBBH", "BHHBHBBH"] {
            let round = round(order) { turn, side in pow(1.1, Double(turn)) * (side == "H" ? 1.05 : 1) }
            #expect(abs(round.logRatio - log(1.05)) < 1e-12)
        }
    }

    @Test func aBlockThatWasDisturbedMovesItLittle() {
        let round = round("BHHBHBBHBHHB") { turn, side in (turn == 5 ? 40 : 1) * (side == "H" ? 2.0 : 1) }
        #expect(abs(round.logRatio - log(2)) < 1e-12)
    }

    @Test func processesOneAfterTheOtherAreComparedByTheirMedians() {
        var round = Round(case: 0, order: "BH", samples: Both { _ in Samples(calls: 1) }, facts: Both { _ in .plain })
        for value in [1.0, 2, 90] { round.samples.base.append(seconds: value) }
        for value in [3.0, 4, 5, 6, 7] { round.samples.head.append(seconds: value) }
        #expect(abs(round.logRatio - log(2.5)) < 1e-12)
    }

    @Test func aRoundWithoutTimesHasNoRatio() {
        #expect(
            Round(case: 0, order: "", samples: Both { _ in Samples(calls: 1) }, facts: Both { _ in .plain }).logRatio
                .isNaN)
    }

    @Test func disturbedSamplesAreCounted() {
        var round = round("BHHB") { _, _ in 1 }
        #expect(round.disturbedShare(threads: 1) == 0)
        round.samples.head.append(seconds: 1, isDisturbed: true)
        #expect(round.disturbedShare(threads: 1) == 0.2)
        round.samples.base[.throttled] = [0, 2]
        #expect(round.disturbedShare(threads: 1) == 0.4)
    }

    @Test func turnsAreLongEnoughAndRoundsShort() {
        for call in [1e-8, 1e-6, 3e-4, 2.9e-3, 0.02, 0.5, 30] {
            let plan = TurnPlan(callSeconds: call)
            #expect(plan.request.calls >= 1)
            #expect((1...16).contains(plan.blocks))
            #expect(plan.request.warmup <= plan.request.calls)
            #expect(Double(plan.request.calls) * call > 0.0019)
            if call < 0.002 {
                #expect(4 * plan.blocks * (plan.request.calls + plan.request.warmup) < Int(0.3 / call) + 100)
            }
        }
        #expect(TurnPlan(callSeconds: 30).blocks == 1)
        #expect(TurnPlan(callSeconds: 0).request.calls > 0)
    }

    @Test func blocksAreBalancedAndDecidedByChance() {
        var random = SeededGenerator(seed: 3)
        let blocks = (0..<200).map { _ in TurnPlan.block(&random) }
        #expect(blocks.allSatisfy { $0[0] == $0[3] && $0[1] == $0[2] && $0[0] != $0[1] })
        #expect((70...130).contains(blocks.count { $0[0] == .base }))
    }
}
