import Results
import Settings

extension Profile: PrintedReport {
    /// One row per layer, times in seconds.
    package var csv: String {
        let head = [
            "layer", "kernel", "kind", "shape", "implementation", Metric.latency.column(of: Self.statistic),
            "is_disturbed", "share", "macs", Metric.throughput.column(of: Self.statistic),
            Metric.rooflineShare.column(of: Self.statistic), "roofline_limit", Metric.leastTraffic.column(of: "value"),
        ]
        let lines = rows.map { row in
            let costs = row.record.costs
            return [
                row.record.label, row.record.name, row.variety, row.shape, row.record.implementation,
                CSV.number(row.seconds), String(row.isDisturbed), CSV.number(row.share), String(costs.macs),
                costs.flops > 0 && row.seconds > 0 ? CSV.number(Double(costs.flops) / row.seconds) : "",
                row.roofline.map { CSV.number($0.value) } ?? "", row.roofline?.limit ?? "", String(costs.leastTraffic),
            ]
        }
        return ([head] + lines).map(CSV.line).joined()
    }

    /// The network, then its layers: the cases of a run, with each layer's share of the time.
    package var document: JSONDocument {
        let layers = Dictionary(rows.map { ($0.record.case, $0) }) { first, _ in first }
        let cases = zip(run.records, RunReport.cases(of: run)).map { record, item -> JSONValue in
            guard case .object(var members) = item, let layer = layers[record.case] else { return item }
            members["share"] = JSONValue(layer.share)
            members["is_disturbed"] = .bool(layer.isDisturbed)
            return .object(members)
        }
        let kinds = totals.map { total -> JSONValue in
            let latency = JSONCase.metric([(Self.statistic, total.seconds)], unit: "s")
            let macs = JSONCase.metric([("value", Double(total.macs))], unit: "MAC")
            return [
                "kind": .string(total.variety), "layers": .int(total.layers), "share": JSONValue(total.share),
                "metrics": ["latency": latency, "macs": macs],
            ]
        }
        return JSONDocument(
            command: "profile", cases: cases, notes: run.header.warnings + doubts,
            others: [
                "runs": .array([RunReport.summary(of: run)]), "statistic": .string(Self.statistic),
                "sum_of_layers": JSONCase.metric([(Self.statistic, sum)], unit: "s"), "totals": .array(kinds),
            ])
    }
}
