import Results
import Statistics

/// Where a network spends its time, from all its records.
package struct Profile: Sendable {
    /// A layer.
    package struct Row: Sendable {
        package let record: Record
        /// Measured with the clock read between layers: see `Profile.statistic`.
        package let seconds: Double
        /// The share of the sum over all layers.
        package let share: Double
        /// How close it came to the machine's limit; nil if the ceilings are unknown.
        package let roofline: RooflineShare?

        /// Whether this layer was disturbed in so many rounds that its mean is far from its median.
        package var isDisturbed: Bool { record.isDisturbed(mean: seconds) }

        package var variety: String { record.parameters[Record.varietyWord] ?? record.name }
        package var shape: String { record.parameters[Record.shapeWord] ?? "" }
    }

    /// All layers of one variety.
    package struct Total: Sendable {
        package let variety: String
        package let layers: Int
        package let seconds: Double
        package let share: Double
        package let macs: Int
    }

    /// The statistic of all times in a profile: the mean over the rounds whose totals are the middle half. Medians of
    /// layers would not add up to the median of the rounds if disturbances hit different layers.
    package static let statistic = "middle_mean"
    /// The name for people.
    static let statisticTitle = "mean of the middle half of the rounds"

    /// The whole network; its latency is that of rounds without the clock between layers.
    package let network: Record
    package let latency: Double
    /// In execution order.
    package let rows: [Row]
    let run: Run

    /// What is doubtful, one sentence each: single layers, the sum of the layers, the shares of the roofline.
    package var doubts: [String] {
        var doubts: [String] = []
        let disturbed = rows.filter(\.isDisturbed)
        if !disturbed.isEmpty {
            let named = disturbed.sorted { $0.seconds > $1.seconds }.prefix(3).map { row in
                "\(row.record.label) \(Format.seconds(row.record.latencies?.median ?? 0))"
            }
            doubts.append(
                "! \(disturbed.count) layer\(disturbed.count == 1 ? "" : "s") with a mean more than 20 % from the median, "
                    + "as something disturbed a few rounds; medians: " + named.joined(separator: ", ")
                    + (disturbed.count > named.count ? " ..." : "") + "; a longer --time-limit takes more rounds")
        }
        if abs(deviation) > Self.agreement {
            doubts.append(
                "the layers do not add up to the whole within \(Format.percent(Self.agreement)): the machine is not quiet, "
                    + "or they are too short for the clock; try again with a longer --time-limit")
        }
        return doubts + RunTable.doubts(on: run.ceilings, shares: rows.compactMap(\.roofline))
    }

    /// How far the sum of the layers may be from the latency before the profile is doubtful.
    package static let agreement = 0.03
    /// The share of the time that the heaviest layers take together.
    package static let mostOfTheTime = 0.8

    /// Nil if the run is not a profile.
    package init?(_ run: Run) {
        let layers = run.records.filter { $0.kind == Record.layerKind }
        guard let network = run.records.first(where: { $0.kind != Record.layerKind }), !layers.isEmpty,
            let latency = Self.middleMeans(of: [network.samples?.seconds ?? []]).first, network.latencies != nil
        else { return nil }
        let seconds = Self.middleMeans(of: layers.map { $0.samples?.seconds ?? [] })
        let sum = seconds.reduce(0, +)
        self.network = network
        self.latency = latency
        rows = zip(layers, seconds).map { record, seconds in
            Row(
                record: record, seconds: seconds, share: sum > 0 ? seconds / sum : 0,
                roofline: run.roofline(of: record, seconds: seconds))
        }
        self.run = run
    }

    /// The mean of each column over the rounds whose totals are the middle half of all.
    private static func middleMeans(of columns: [[Double]]) -> [Double] {
        let rounds = columns.map(\.count).min() ?? 0
        let totals = (0..<rounds).map { round in columns.reduce(0) { $0 + $1[round] } }
        let middle = totals.indices.sorted { totals[$0] < totals[$1] }.dropFirst(rounds / 4).dropLast(rounds / 4)
        return columns.map { column in middle.reduce(0) { $0 + column[$1] } / Double(max(middle.count, 1)) }
    }

    /// The seconds of the network and its layers, by case.
    var seconds: [String: Double] {
        Dictionary([(network.case, latency)] + rows.map { ($0.record.case, $0.seconds) }) { first, _ in first }
    }

    /// The sum over all layers, in seconds.
    package var sum: Double { rows.reduce(0) { $0 + $1.seconds } }

    /// The difference between the sum of the layers and the latency, as a share of the latency.
    package var deviation: Double { latency > 0 ? sum / latency - 1 : 0 }

    /// One total per variety, those with the most time first.
    package var totals: [Total] {
        Dictionary(grouping: rows, by: \.variety).map { variety, rows in
            Total(
                variety: variety, layers: rows.count, seconds: rows.reduce(0) { $0 + $1.seconds },
                share: rows.reduce(0) { $0 + $1.share }, macs: rows.reduce(0) { $0 + $1.record.costs.macs })
        }.sorted { ($1.seconds, $0.variety) < ($0.seconds, $1.variety) }
    }

    /// The fewest layers that together take most of the time, the heaviest first.
    package var heaviest: [Row] {
        var (taken, chosen) = (0.0, [Row]())
        for row in rows.sorted(by: { $0.seconds > $1.seconds }) where taken < Self.mostOfTheTime - 1e-9 {
            taken += row.share
            chosen.append(row)
        }
        return chosen
    }
}

extension Record {
    /// Whether a mean of samples is far from their median.
    func isDisturbed(mean: Double) -> Bool {
        guard let median = latencies?.median else { return false }
        // Differences within the clock's resolution are no disturbance.
        return abs(mean - median) > max(0.2 * median, samples?.resolution ?? 0)
    }
}
