import Statistics

extension Metric {
    /// FLOPs per second, two per MAC; none if nothing is multiplied and added.
    package static let throughput = rate("throughput", "Throughput", unit: "FLOP/s") { 2 * Double($0.macs) }

    /// Bytes of the least traffic a second: no more than what must be moved, so a lower bound of what was.
    package static let bandwidth = rate("bandwidth", "Bandwidth", unit: "B/s") { Double($0.leastTraffic) }

    /// An amount that the shape fixes, divided by latency.
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
            // Of a time of zero there is no rate.
            return figures.filter(\.value.isFinite)
        }
    }
}
