import Results
import Settings

/// The report on runs: one row per case.
package struct RunReport: PrintedReport, Sendable {
    private let runs: [Run]

    package init(_ runs: [Run]) { self.runs = runs }

    package var sections: [ReportSection] {
        // A run that was stopped before its first case has nothing to show.
        runs.filter { !$0.records.isEmpty }.flatMap { run -> [ReportSection] in
            let title: [ReportSection] = runs.count > 1 ? [.heading(run.header.suite.title)] : []
            return title + [.table(RunTable.table(of: run)), .notes(RunTable.notes(on: run))]
        }
    }

    package var csv: String { CSV.text(of: runs) }

    package var document: JSONDocument {
        JSONDocument(
            command: "run", cases: runs.flatMap(Self.cases),
            notes: runs.flatMap { $0.header.warnings + RunTable.notes(on: $0) },
            others: ["runs": .array(runs.map(Self.summary))])
    }

    /// One object per case, with all of its metrics.
    static func cases(of run: Run) -> [JSONValue] {
        let figures = RunFigures(run)
        return run.records.map { record -> JSONValue in
            let isPrecise: JSONValue? = record.status == .measured ? .bool(!run.isImprecise(record)) : nil
            return JSONCase.of(
                name: record.case, label: record.label, setting: record.setting,
                suite: run.header.suite.name,
                [
                    "run": .string(run.id), "kind": .string(record.kind), "name": .string(record.name),
                    "element": .string(record.element.rawValue),
                    "parameters": .object(record.parameters.mapValues(JSONValue.typed)),
                    "status": .string(record.status.rawValue), "reason": JSONValue(record.failure?.message),
                    "failure": JSONValue(record.failure?.kind.rawValue), "metrics": figures.json(of: record),
                    "stop": JSONValue(record.samples?.stop.rawValue), "is_precise": isPrecise,
                    "roofline_limit": JSONValue(run.roofline(of: record)?.limit),
                ])
        }
    }

    /// The run's path, suite, commit and machine.
    static func summary(of run: Run) -> JSONValue {
        let isDirty: JSONValue? = run.header.commit.map { JSONValue.bool($0.dirty) }
        return [
            "run": .string(run.id), "path": .string(run.path), "suite": .string(run.header.suite.name),
            "title": .string(run.header.suite.title), "started": .string(run.header.started),
            "commit": JSONValue(run.header.commit?.hash), "is_dirty": isDirty,
            "machine": .string(run.machine), "processor": .string(run.header.machine.processor),
            "instruction_set": JSONValue(run.header.instructionSet), "is_complete": .bool(run.end != nil),
        ]
    }
}
