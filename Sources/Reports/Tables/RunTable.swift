import Results
import Statistics

/// What a run measured, a case a row.
package enum RunTable {
    /// `records` of one run; `ceilings` give the share of the machine's peak, where they are known.
    package static func table(of records: [Record], ceilings: Ceilings?) -> Table {
        let columns = columns(for: records, ceilings: ceilings)
        return Table(columns: columns.map(\.head), rows: records.map { record in columns.map { $0.cell(record) } })
    }

    private struct Column {
        let head: Table.Column
        let cell: (Record) -> String

        init(_ head: Table.Column, _ cell: @escaping (Record) -> String) {
            self.head = head
            self.cell = cell
        }

        /// A column of measurements: empty where the case was not measured.
        static func measured(_ title: String, _ cell: @escaping (Record) -> String?) -> Column {
            Column(.right(title)) { $0.status == .measured ? cell($0) ?? "" : "" }
        }
    }

    private static func columns(for records: [Record], ceilings: Ceilings?) -> [Column] {
        var columns = [
            Column(.left("case")) { $0.label.shortened(to: 60) }, Column(.left("implementation")) { $0.implementation },
        ]
        if Set(records.map(\.threads)).count > 1 {
            columns.append(Column(.right("threads")) { String($0.threads) })
        }
        columns += [
            .measured("median") { $0.latencies.map { Format.seconds($0.median) } },
            .measured("±") { $0.latencies.flatMap { MedianInterval($0) }.map { Format.percent($0.relativeHalfWidth) } },
            .measured("min") { $0.latencies.map { Format.seconds($0.minimum) } },
            .measured("rate", rate),
        ]
        if let ceilings, !ceilings.arithmetic.isEmpty {
            columns.append(.measured("of peak") { share(of: ceilings, $0) })
        }
        columns += [
            .measured("memory") { Metric.ownMemory.headline($0).map(Format.bytes) },
            Column(.left("answer"), outcome),
        ]
        return columns
    }

    /// FLOP/s, or bytes a second where nothing is multiplied and added.
    private static func rate(_ record: Record) -> String? {
        let metric = Metric.throughput.headline(record) == nil ? Metric.bandwidth : Metric.throughput
        return metric.headline(record).map { Format.scaled($0, unit: metric.unit) }
    }

    private static func share(of ceilings: Ceilings, _ record: Record) -> String? {
        guard let rate = Metric.throughput.headline(record), let peak = ceilings.peakFlops(threads: record.threads),
            peak > 0
        else { return nil }
        return Format.percent(rate / peak)
    }

    /// The error as a share of what is tolerated, or why there is no figure.
    private static func outcome(_ record: Record) -> String {
        guard record.status == .measured else { return record.reason.shortened(to: 100) }
        guard let answer = record.answer, answer.tolerance > 0 else { return "ok" }
        return "ok, \(Format.percent(answer.error / answer.tolerance)) of tolerance"
    }
}

extension Record {
    /// Why a case has no figure, in words: `failed (timeout): no answer after 60 s`.
    package var reason: String {
        guard let failure else { return status.rawValue }
        let kind = failure.kind == .error ? "" : " (\(failure.kind.rawValue))"
        return "\(status.rawValue)\(kind): \(failure.message)".onOneLine
    }
}
