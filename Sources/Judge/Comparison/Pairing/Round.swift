import Foundation
import Results
import Statistics

/// A round of a case: a fresh process per side, the same number of calls on both, and one resulting log ratio.
/// Processes differ by more than the samples within one, so a round counts as one observation.
package struct Round: Codable, Sendable, Hashable {
    /// The case's index in the comparison.
    package var `case`: Int
    /// The order of the turns: `B` for the base, `H` for the head.
    package var order: String
    /// One sample per turn or, without turns, all samples of the process.
    package var samples: Both<Samples>
    package var facts: Both<Facts>
    /// Whether other programs disturbed it, so that it was repeated.
    package var isSpoilt = false
    /// The layout of each side; nil if each has only one.
    package var layouts: Both<Int>?

    /// A process's report apart from its times.
    package struct Facts: Codable, Sendable, Hashable {
        /// Nil if it was verified in an earlier round and the outputs are the same.
        package var answer: Answer?
        package var preparation: Preparation
        package var memory: Memory?

        package init(answer: Answer?, preparation: Preparation, memory: Memory?) {
            self.answer = answer
            self.preparation = preparation
            self.memory = memory
        }
    }

    package init(case index: Int, order: String, samples: Both<Samples>, facts: Both<Facts>) {
        self.case = index
        self.order = order
        self.samples = samples
        self.facts = facts
    }

    /// ln(head / base): above 0 the head is slower. NaN if there is no ratio.
    ///
    /// With turns, the median over the blocks of four, in each of which a side has two: disturbances of a few blocks
    /// change it little, and drift affects both sides alike. Without turns, the ratio of the processes' medians.
    package var logRatio: Double {
        let blocks = blocks
        guard blocks.isEmpty else { return Quantiles(blocks)?.median ?? .nan }
        guard let base = Quantiles(samples.base.seconds), let head = Quantiles(samples.head.seconds) else {
            return .nan
        }
        return log(head.median) - log(base.median)
    }

    /// The log ratio of each block of turns; empty if no turns were taken.
    private var blocks: [Double] {
        let (base, head) = (samples.base.seconds, samples.head.seconds)
        guard order.utf8.count == base.count + head.count, base.count == head.count, base.count >= 2 else { return [] }
        // A ratio may overflow a `Double`; its logarithm never does.
        let logs = zip(base, head).map { log($1) - log($0) }
        return stride(from: 0, to: logs.count - 1, by: 2).map { (logs[$0] + logs[$0 + 1]) / 2 }
    }

    /// The share of disturbed samples: their cgroup was throttled, or another process had the processor for more than a
    /// hundredth of the time.
    package func disturbedShare(threads: Int) -> Double {
        var (disturbed, all) = (0, 0)
        for samples in [samples.base, samples.head] {
            func value(_ counter: Counter, _ index: Int) -> Double? {
                samples[counter].indices.contains(index) ? samples[counter][index] : nil
            }
            for index in samples.seconds.indices {
                let isThrottled = value(.throttled, index) ?? 0 > 0
                let isShared = value(.cpuShare, index) ?? .infinity < 0.99 * Double(threads)
                if isThrottled || isShared && value(.involuntarySwitches, index) ?? 0 > 0 { disturbed += 1 }
                all += 1
            }
        }
        return all == 0 ? 0 : Double(disturbed) / Double(all)
    }

    /// A round with a larger share of disturbed samples is spoilt: its median could be a disturbed sample.
    package static let mostDisturbed = 0.4
}
