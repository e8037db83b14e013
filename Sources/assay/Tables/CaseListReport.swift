import Comparison
import Reports
import Results
import Running
import Settings
import Workloads

/// The output of `--list`: the cases that would be measured, in order, and why some would not.
struct CaseListReport: PrintedReport {
    private struct Row {
        let label: String
        let name: String
        let setting: Setting
        /// Why it would be skipped.
        let obstacle: String?

        var status: String { obstacle == nil ? "planned" : "skipped" }
    }

    private let rows: [Row]

    init(_ cases: [Case]) {
        rows = cases.map {
            Row(
                label: $0.label, name: $0.name, setting: $0.setting,
                obstacle: $0.unsupported)
        }
    }

    init(_ cases: [ComparedCase]) {
        rows = cases.map {
            Row(
                label: $0.label, name: $0.name, setting: $0.setting,
                obstacle: $0.obstacle?.phrase)
        }
    }

    /// Names are what `--case` takes.
    var sections: [ReportSection] {
        let isSkipping = rows.contains { $0.obstacle != nil }
        return [
            .table(
                Table(
                    columns: [.left("label"), .left("case")] + (isSkipping ? [.left("would be skipped")] : []),
                    rows: rows.map { [$0.label, $0.name] + (isSkipping ? [$0.obstacle ?? ""] : []) }))
        ]
    }

    var csv: String {
        let head = ["case", "label", "implementation", "threads", "status", "reason"]
        let lines = rows.map {
            [$0.name, $0.label, $0.setting.implementation, String($0.setting.threads), $0.status, $0.obstacle ?? ""]
        }
        return ([head] + lines).map(CSV.line).joined()
    }

    var document: JSONDocument {
        JSONDocument(
            command: "list",
            cases: rows.map { row in
                JSONCase.of(
                    name: row.name, label: row.label, setting: row.setting,
                    ["status": .string(row.status), "reason": JSONValue(row.obstacle)])
            })
    }
}

extension CaseOutcome {
    /// In a table.
    fileprivate var phrase: String {
        switch self {
        case .oneSided(let side): "only in \(side.rawValue)"
        case .unsupported(let reason), .incomparable(let reason): reason
        case .failed(let failure): failure.failure.message
        }
    }
}
