import Results
import Settings

extension Profile {
    package var sections: [ReportSection] {
        [
            .heading(network.case), .table(layerTable), .table(totalTable), .paragraph(concentration),
            .table(heaviestTable), .paragraph(sentence),
        ] + (memory.map { [.paragraph($0)] } ?? []) + [.notes(doubts)]
    }

    /// One row per layer, in execution order.
    package var layerTable: Table {
        let marksTimes = rows.contains(where: \.isDisturbed)
        return Table(
            columns: [
                .left("layer"), .left("kernel"), .left("shape"), .left("implementation"), .right("time"),
                .right("share"), .right("MACs"), .right("rate"), .right("of roofline"), .right("bytes"),
            ],
            rows: rows.map { row in
                [
                    row.record.label, row.record.name, row.shape, row.record.implementation,
                    Format.seconds(row.seconds) + (row.isDisturbed ? " !" : marksTimes ? "  " : ""),
                    Format.percent(row.share), Self.macs(row.record.costs.macs),
                    Self.rate(macs: row.record.costs.macs, seconds: row.seconds),
                    row.roofline.map { $0.text + ($0.isImpossible ? " !" : "") } ?? "",
                    Format.bytes(Double(row.record.costs.leastTraffic)),
                ]
            })
    }

    /// One row per kind of layer, and one for all.
    package var totalTable: Table {
        let all = Total(
            variety: "all", layers: rows.count, seconds: sum, share: rows.reduce(0) { $0 + $1.share },
            macs: rows.reduce(0) { $0 + $1.record.costs.macs })
        return Table(
            columns: [
                .left("kind"), .right("layers"), .right("time"), .right("share"), .right("MACs"), .right("rate"),
            ],
            rows: (totals + [all]).map { total in
                [
                    total.variety, String(total.layers), Format.seconds(total.seconds), Format.percent(total.share),
                    Self.macs(total.macs), Self.rate(macs: total.macs, seconds: total.seconds),
                ]
            })
    }

    /// The layers that take most of the time, with their cumulative share.
    package var heaviestTable: Table {
        var taken = 0.0
        return Table(
            columns: [.left("layer"), .left("kind"), .right("time"), .right("share"), .right("together")],
            rows: heaviest.map { row in
                taken += row.share
                return [
                    row.record.label, row.variety, Format.seconds(row.seconds), Format.percent(row.share),
                    Format.percent(taken),
                ]
            })
    }

    /// How many layers take most of the time.
    package var concentration: String {
        let (count, most) = (heaviest.count, Int(Self.mostOfTheTime * 100))
        return "\(count) of \(rows.count) layer\(rows.count == 1 ? " takes" : "s take") \(most) % of the time:"
    }

    /// The latency, and how well the layers add up to it.
    package var sentence: String {
        let difference = (deviation < 0 ? "-" : "+") + Format.percent(abs(deviation))
        return
            "\(Format.seconds(latency)) as a whole; \(rows.count) layer\(rows.count == 1 ? "" : "s") timed one by one: "
            + "\(Format.seconds(sum)) (\(difference))"
    }

    /// The size of the feature maps and where most are alive; nil if no map is in a block, and in files without a plan.
    package var memory: String? {
        guard let plan = network.plan, let (layer, bytes) = plan.fullest else { return nil }
        return
            "feature maps take a block of \(Format.bytes(Double(plan.blockBytes))); most are alive at \(layer.name): "
            + Format.bytes(bytes)
    }

    private static func macs(_ count: Int) -> String { count > 0 ? Format.value(Double(count), unit: "MAC") : "" }

    private static func rate(macs: Int, seconds: Double) -> String {
        macs > 0 && seconds > 0 ? Format.scaled(2 * Double(macs) / seconds, unit: "FLOP/s") : ""
    }
}
