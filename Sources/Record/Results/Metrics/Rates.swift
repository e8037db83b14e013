import Statistics

extension Metric {
    /// FLOPs per second, two per MAC; none if there are no MACs.
    package static let throughput = rate("throughput", "Throughput", unit: "FLOP/s") { 2 * Double($0.macs) }

    /// Bytes of the least traffic per second. The least traffic is what must be moved, so this is a lower bound.
    package static let bandwidth = rate("bandwidth", "Bandwidth", unit: "B/s") { Double($0.leastTraffic) }

    /// An amount given by the shape, divided by latency.
    private static func rate(
        _ name: String, _ title: String, unit: String, _ amount: @escaping @Sendable (CountedCosts) -> Double
    ) -> Metric {
        Metric(
            name, title, unit: unit, better: .higher,
            statistics: ["median", "max", "ci_low", "ci_high"]
        ) { record in
            let amount = amount(record.costs)
            guard amount > 0, let latency = record.latencies, latency.median > 0 else { return [] }
            let interval = MedianInterval(latency)
            let figures =
                [Figure("median", amount / latency.median), Figure("max", amount / latency.minimum)]
                + (interval.map { [Figure("ci_low", amount / $0.high), Figure("ci_high", amount / $0.low)] } ?? [])
            // A time of zero has no rate.
            return figures.filter(\.value.isFinite)
        }
    }
}
