import Results

/// A metric other than time that the two sides do not agree on.
package struct MetricChange: Sendable, Hashable {
    /// As in the catalog of metrics.
    package let metric: String
    package let title: String
    package let unit: String
    package let base: Double
    package let head: Double
    /// Whether the head is the worse one.
    package let isWorse: Bool

    init?(_ metric: Metric, base: Double, head: Double) {
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

    /// The exact metrics that differ: counts, packed bytes, allocations.
    static func exact(base: Record, head: Record) -> [MetricChange] {
        MetricCatalog.metrics.filter(\.exact).compactMap { metric in
            guard let before = metric.headline(base), let after = metric.headline(head) else { return nil }
            return MetricChange(metric, base: before, head: after)
        }
    }
}
