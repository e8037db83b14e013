import Foundation
import Reports
import Results
import Running
import Settings
import Workloads

/// The costs of shapes, one per row.
struct CostReport: PrintedReport {
    private struct Row {
        let label: String
        let shape: String
        let element: String
        let costs: CountedCosts
        let intensity: Double

        /// In the order of the columns: names of metrics, their units, and exact figures.
        var counts: [(name: String, unit: String, value: Int)] {
            [
                ("macs", "MAC", costs.macs), ("flops", "FLOP", costs.flops), ("parameters", "1", costs.parameters),
                ("weight_bytes", "B", costs.weightBytes), ("operand_bytes", "B", costs.operandBytes),
                ("least_traffic", "B", costs.leastTraffic),
            ]
        }
    }

    private let rows: [Row]

    /// - Parameter shapes: a case of each.
    init(_ shapes: [Case]) {
        rows = shapes.map { item in
            let costs = Costs(item.workload)
            return Row(
                label: item.label, shape: item.workload.name, element: item.element.rawValue,
                costs: CountedCosts(costs), intensity: costs.intensity)
        }
    }

    var sections: [ReportSection] {
        let titles = ["MACs", "FLOPs", "parameters", "weights B", "operands B", "least traffic B", "FLOP/B"]
        return [
            .table(
                Table(
                    columns: [.left("case")] + (saysElement ? [.left("element")] : [])
                        + titles.map { Table.Column.right($0) },
                    rows: rows.map { row in
                        [row.label] + (saysElement ? [row.element] : []) + row.counts.map { Self.grouped($0.value) }
                            + [String(format: "%.2f", row.intensity)]
                    }))
        ]
    }

    private var saysElement: Bool { rows.contains { $0.element != ElementType.f32.rawValue } }

    /// Digits in threes: exact figures have many.
    private static func grouped(_ number: Int) -> String {
        number.formatted(.number.locale(Locale(identifier: "en_US")))
    }

    var csv: String {
        let metrics: [Metric] = [
            .macs, .flops, .parameters, .weightBytes, .operandBytes, .leastTraffic, .intensity,
        ]
        let head = ["case", "label"] + metrics.map { $0.column(of: "value") } + ["element_operations", "element"]
        let lines = rows.map { row in
            let operations = row.costs.elementOperations.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return [row.shape, row.label] + row.counts.map { String($0.value) }
                + [CSV.number(row.intensity), operations.joined(separator: " "), row.element]
        }
        return ([head] + lines).map(CSV.line).joined()
    }

    var document: JSONDocument {
        JSONDocument(
            command: "show",
            cases: rows.map { row in
                var metrics: [String: JSONValue] = [:]
                for count in row.counts {
                    metrics[count.name] = ["unit": .string(count.unit), "value": .int(count.value)]
                }
                metrics["intensity"] = JSONCase.metric([("value", row.intensity)], unit: "FLOP/B")
                return JSONCase.of(
                    name: row.shape, label: row.label, setting: nil,
                    [
                        "element": .string(row.element), "metrics": .object(metrics),
                        "element_operations": .object(row.costs.elementOperations.mapValues(JSONValue.int)),
                    ])
            })
    }
}
