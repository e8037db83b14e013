import Foundation
import Results
import Settings

/// The layers of a profile in the trace event format of Chrome (`chrome://tracing`) and Perfetto: one complete event
/// per layer.
package struct Trace: Encodable {
    private struct Event: Encodable {
        let name: String
        let cat: String
        /// `X`: complete, with a beginning and a duration.
        let ph: String
        /// In microseconds.
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
        let leastTraffic: Int
        let throughput: Double

        /// The same names as in `wide.csv`.
        private enum CodingKeys: String, CodingKey {
            case kernel, shape, implementation, macs
            case leastTraffic = "least_traffic_bytes"
            case throughput = "throughput_flops_per_second"
        }

        init(_ row: Profile.Row) {
            kernel = row.record.name
            shape = row.shape
            implementation = row.record.implementation
            macs = row.record.costs.macs
            leastTraffic = row.record.costs.leastTraffic
            throughput = row.seconds > 0 ? Double(row.record.costs.flops) / row.seconds : 0
        }
    }

    private let traceEvents: [Event]
    private let displayTimeUnit = "ms"
    /// What was profiled.
    private let otherData: [String: String]

    /// The layers one after another, with the durations in the profile's table.
    package init(_ profile: Profile) {
        var time = 0.0
        traceEvents = profile.rows.map { row in
            defer { time += row.seconds }
            return Event(
                name: row.record.label, cat: row.variety, ph: "X", ts: time * 1e6, dur: row.seconds * 1e6, pid: 1,
                tid: 1, args: Arguments(row))
        }
        otherData = [
            "case": profile.network.case, "started": profile.network.started, "statistic": Profile.statistic,
        ]
    }

    /// The text of the file.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// Throws if a trace could not be written to a path.
    package static func check(_ path: String) throws { try ReplacedFile.check(path) }

    /// Writes the whole file or nothing.
    package func write(to path: String) throws {
        try ReplacedFile.write(path, text: try json())
    }
}
