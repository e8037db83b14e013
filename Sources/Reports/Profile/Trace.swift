import Foundation
import Results

/// One round of a profile in the trace event format that Chrome (`chrome://tracing`) and Perfetto read: a complete event
/// a layer.
package struct Trace: Encodable {
    private struct Event: Encodable {
        let name: String
        let cat: String
        /// `X`: complete, with a beginning and a duration.
        let ph: String
        /// Microseconds.
        let ts: Double
        let dur: Double
        let pid: Int
        let tid: Int
        let args: Arguments
    }

    private struct Arguments: Encodable {
        let kernel: String
        let shape: String
        let implementation: String
        let macs: Int
        let bytes: Int
        let gigaflopsPerSecond: Double

        init(_ row: Profile.Row, seconds: Double) {
            kernel = row.record.name
            shape = row.shape
            implementation = row.record.implementation
            macs = row.record.costs.macs
            bytes = row.record.costs.leastTraffic
            gigaflopsPerSecond = seconds > 0 ? Double(row.record.costs.flops) / seconds / 1e9 : 0
        }
    }

    private let traceEvents: [Event]
    private let displayTimeUnit = "ms"
    /// What was profiled.
    private let otherData: [String: String]

    /// The round whose layers together took the median of all rounds, each layer as long as it took in that round.
    package init(_ profile: Profile) {
        let columns = profile.rows.map { $0.record.samples?.seconds ?? [] }
        let rounds = columns.map(\.count).min() ?? 0
        let totals = (0..<rounds).map { round in columns.reduce(0) { $0 + $1[round] } }
        let median = totals.indices.sorted { totals[$0] < totals[$1] }.dropFirst(rounds / 2).first
        var time = 0.0
        traceEvents = zip(profile.rows, columns).map { row, column in
            let seconds = median.map { column[$0] } ?? row.seconds
            defer { time += seconds }
            return Event(
                name: row.record.label, cat: row.variety, ph: "X", ts: time * 1e6, dur: seconds * 1e6, pid: 1, tid: 1,
                args: Arguments(row, seconds: seconds))
        }
        otherData = ["case": profile.network.case, "started": profile.network.started]
    }

    /// As the file's text.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// Writes the file, whole or not at all.
    package func write(to path: String) throws {
        try ReplacedFile.write(path, text: try json())
    }
}
