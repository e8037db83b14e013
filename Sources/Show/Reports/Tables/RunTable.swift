import Platform
import Results
import Settings
import Statistics

/// The table of a run: one row per case.
package enum RunTable {
    /// One row per case. Doubtful figures have an exclamation mark, which `notes` explains.
    package static func table(of run: Run) -> Table {
        let columns = columns(for: run)
        return Table(columns: columns.map(\.head), rows: run.records.map { record in columns.map { $0.cell(record) } })
    }

    /// What is doubtful, one sentence each: cases below the requested precision, impossible shares, contradictory
    /// ceilings.
    package static func notes(on run: Run) -> [String] {
        var notes: [String] = []
        let measured = run.records.filter { $0.status == .measured }
        let imprecise = measured.count(where: run.isImprecise)
        if imprecise > 0 {
            var note =
                "! \(imprecise) of \(measured.count) case\(measured.count == 1 ? "" : "s") did not reach "
                + Format.percent(run.precision)
            if let others = run.shareOfOthers, others >= 0.01 {
                note += "; other programs took \(Format.percent(others)) of the time"
            }
            notes.append(note)
        }
        notes += doubts(on: run.ceilings, shares: measured.compactMap(run.roofline(of:)))
        return notes
    }

    /// What is doubtful about ceilings and the shares of them.
    static func doubts(on ceilings: Ceilings?, shares: [RooflineShare]) -> [String] {
        var notes: [String] = []
        let impossible = shares.count(where: \.isImpossible)
        if impossible > 0 {
            notes.append(
                "! \(impossible) share\(impossible == 1 ? "" : "s") of the roofline above "
                    + "\(Format.percent(RooflineShare.possible)): a ceiling came out too low; measure again when the machine is quiet"
            )
        }
        let doubts = ceilings?.doubts ?? []
        if !doubts.isEmpty { notes.append("the ceilings are in doubt: \(doubts.joined(separator: ", "))") }
        return notes
    }

    private struct Column {
        let head: Table.Column
        let cell: (Record) -> String

        init(_ head: Table.Column, _ cell: @escaping (Record) -> String) {
            self.head = head
            self.cell = cell
        }

        /// A column of measurements: empty if the case was not measured.
        static func measured(_ title: String, _ cell: @escaping (Record) -> String?) -> Column {
            Column(.right(title)) { $0.status == .measured ? cell($0) ?? "" : "" }
        }
    }

    private static func columns(for run: Run) -> [Column] {
        let records = run.records
        let marksNoise = records.contains(where: run.isImprecise)
        let marksShares = records.contains { run.roofline(of: $0)?.isImpossible == true }
        var columns = [
            Column(.left("case")) { $0.label.shortened(to: 60) }, Column(.left("implementation")) { $0.contestant },
        ]
        if Set(records.map(\.threads)).count > 1 {
            columns.append(Column(.right("threads")) { String($0.threads) })
        }
        columns += [
            .measured("median") { $0.latencies.map { Format.seconds($0.median) } },
            .measured("±") { record in
                let width = record.latencies.flatMap { MedianInterval($0) }.map { Format.percent($0.relativeHalfWidth) }
                return marked(width ?? "unknown", run.isImprecise(record), among: marksNoise)
            },
            .measured("min") { $0.latencies.map { Format.seconds($0.minimum) } },
            .measured("rate", rate),
        ]
        if let ceilings = run.ceilings, !ceilings.arithmetic.isEmpty {
            columns.append(
                .measured("of roofline") { record in
                    run.roofline(of: record).map { share in
                        marked(share.text, share.isImpossible, among: marksShares)
                    }
                })
        }
        columns += [
            .measured("memory") { Metric.ownMemory.headline($0).map(Format.bytes) },
            Column(.left("answer"), outcome),
        ]
        return columns
    }

    /// FLOP/s, or bytes per second if there are no MACs.
    private static func rate(_ record: Record) -> String? {
        let metric = Metric.throughput.headline(record) == nil ? Metric.bandwidth : Metric.throughput
        return metric.headline(record).map { Format.scaled($0, unit: metric.unit) }
    }

    /// Adds a mark, or space for it if another row has one.
    private static func marked(_ text: String, _ isMarked: Bool, among any: Bool) -> String {
        any ? text + (isMarked ? " !" : "  ") : text
    }

    /// The error as a share of the tolerance, or why there is no figure.
    private static func outcome(_ record: Record) -> String {
        guard record.status == .measured else { return record.reason.shortened(to: 100) }
        guard let answer = record.answer, answer.tolerance > 0 else { return "ok" }
        let earlier = answer.verified == nil ? "" : ", verified before"
        return "ok, \(Format.percent(answer.error / answer.tolerance)) of tolerance\(earlier)"
    }
}

extension RooflineShare {
    /// "91.2 % compute".
    var text: String { "\(Format.percent(value)) \(limit)" }
}

extension Record {
    /// Why a case has no figure, in words: `failed (timeout): no answer after 60 s`.
    package var reason: String {
        guard let failure else { return status.rawValue }
        let kind = failure.kind == .error ? "" : " (\(failure.kind.rawValue))"
        return "\(status.rawValue)\(kind): \(failure.message)".onOneLine
    }
}
