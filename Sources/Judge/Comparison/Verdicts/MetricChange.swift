import Foundation
import Results
import Statistics
import Workers

/// A metric other than time in which the two sides differ.
package struct MetricChange: Sendable, Hashable {
    /// The name in the catalog of metrics.
    package let metric: String
    package let title: String
    package let unit: String
    package let base: Double
    package let head: Double
    /// Whether the head is worse.
    package let isWorse: Bool

    private init?(_ metric: Metric, base: Double, head: Double) {
        guard base != head else { return nil }
        self.metric = metric.name
        title = metric.title
        unit = metric.unit
        self.base = base
        self.head = head
        isWorse =
            switch metric.better {
            case .lower: head > base
            case .higher: head < base
            case .neither: false
            }
    }

    /// The exact metrics that both sides have and that differ: counts, packed bytes, allocations.
    static func exact(base: CaseFacts, head: CaseFacts) -> [MetricChange] {
        MetricCatalog.metrics.compactMap { metric in
            guard let before = metric.value(of: base), let after = metric.value(of: head) else { return nil }
            return MetricChange(metric, base: before, head: after)
        }
    }

    /// The metrics that differ after a case's rounds: exact ones, and memory if its ratio has a verdict of difference.
    static func all(in item: ComparedCase, _ rounds: [Round], memory: RatioEstimate?) -> [MetricChange] {
        guard let last = rounds.last else { return [] }
        let facts = Both { side in
            CaseFacts(
                costs: item.sides[side]?.costs, answer: nil, preparation: last.facts[side].preparation,
                memory: last.facts[side].memory)
        }
        let bytes = Both { side in Quantiles(rounds.compactMap { $0.ownMemory[side] })?.median ?? 0 }
        let isOther = memory.map { $0.verdict == .slower || $0.verdict == .faster } ?? false
        let change =
            isOther && abs(bytes.head - bytes.base) >= leastMemoryChange
            ? MetricChange(.ownMemory, base: bytes.base, head: bytes.head) : nil
        return exact(base: facts.base, head: facts.head) + [change].compactMap { $0 }
    }

    /// In bytes. Smaller changes are due to the allocator and to the granularity of pages.
    private static let leastMemoryChange = 256.0 * 1024
}

extension Round {
    /// Resident bytes in addition to those of the program itself.
    fileprivate var ownMemory: Both<Double?> {
        facts.map { $0.memory.map { Double($0.peak) - Double($0.baseline) } }
    }

    /// ln(head / base) of these bytes; nil if one is unknown.
    var logMemoryRatio: Double? {
        guard let base = ownMemory.base, let head = ownMemory.head, base > 0, head > 0 else { return nil }
        return log(head / base)
    }
}
