import Settings
import Statistics

/// How near to the machine's limit a case ran.
package struct RooflineShare: Sendable, Hashable {
    /// The least time that the machine's ceilings allow over the time taken: 1 is as fast as the machine can.
    package let value: Double
    /// What limits it: see `Bound`.
    package let limit: String

    /// Above this a share is impossible: the ceiling was measured while something else ran, or the work is counted wrongly.
    package static let possible = 1.05

    /// Whether the share is more than can be.
    package var isImpossible: Bool { value > Self.possible }
}

extension Run {
    /// How near to the limit a record of this run is, if it took this many seconds per call. Nil if the ceilings are not known;
    /// those of arithmetic are of `f32`.
    package func roofline(of record: Record, seconds: Double) -> RooflineShare? {
        guard seconds > 0, record.element == .f32,
            let bound = ceilings?.bound(
                of: record.costs, threads: record.threads, caches: header.machine.caches,
                isCold: (record.samples?.sets ?? 1) > 1)
        else { return nil }
        return RooflineShare(value: bound.seconds / seconds, limit: bound.limit)
    }

    /// The same, of the median.
    package func roofline(of record: Record) -> RooflineShare? {
        record.latencies.flatMap { roofline(of: record, seconds: $0.median) }
    }
}
