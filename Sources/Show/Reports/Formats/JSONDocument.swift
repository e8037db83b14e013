import Results
import Settings

/// The JSON output of every command: one object with a common structure, documented in docs/output.md.
package struct JSONDocument: Sendable {
    /// Increases when readers must change.
    package static let version = 1

    /// `run`, `compare` ...
    package let command: String
    /// One object per case: see `JSONCase`.
    package let cases: [JSONValue]
    /// Notes for the reader, one sentence each.
    package let notes: [String]
    /// The members that are specific to the command.
    package let others: [String: JSONValue]

    package init(
        command: String, cases: [JSONValue] = [], notes: [String] = [], others: [String: JSONValue?] = [:]
    ) {
        self.command = command
        self.cases = cases
        self.notes = notes
        self.others = others.compactMapValues { $0 }
    }

    package var value: JSONValue {
        let common: [String: JSONValue] = [
            "format": "assay", "version": .int(Self.version), "command": .string(command), "cases": .array(cases),
            "notes": .strings(notes),
        ]
        return .object(common.merging(others) { first, _ in first })
    }
}

/// The parts for cases and figures that all documents share.
package enum JSONCase {
    /// A case with its own members in addition to the common ones.
    package static func of(
        name: String, label: String, setting: Setting?, suite: String? = nil,
        _ members: [String: JSONValue?]
    ) -> JSONValue {
        let common: [String: JSONValue?] = [
            "case": .string(name), "label": .string(label), "implementation": JSONValue(setting?.implementation),
            "threads": JSONValue(setting?.threads), "suite": JSONValue(suite),
        ]
        return .object(known: common.merging(members) { first, _ in first })
    }

    /// The figures of a metric by statistic, with their unit: `{"unit": "s", "median": 0.001, "ci_low": ...}`.
    package static func metric(_ figures: [(String, Double?)], unit: String) -> JSONValue? {
        let known = figures.compactMap { statistic, value in JSONValue(value).map { (statistic, $0) } }
        guard !known.isEmpty else { return nil }
        return .object(Dictionary(known + [("unit", .string(unit))]) { first, _ in first })
    }
}

extension RunFigures {
    /// The metrics that a record has.
    func json(of record: Record) -> JSONValue {
        let metrics = metrics.compactMap { metric in
            JSONCase.metric(figures(of: metric, for: record).map { ($0.statistic, $0.value) }, unit: metric.unit)
                .map { (metric.name, $0) }
        }
        return .object(Dictionary(metrics) { first, _ in first })
    }
}
