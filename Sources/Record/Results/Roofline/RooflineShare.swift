import Settings
import Statistics

/// How close a case came to the machine's limit.
package struct RooflineShare: Sendable, Hashable {
    /// The least time that the machine's ceilings allow / the time taken: 1 is as fast as the machine can be.
    package let value: Double
    /// The limiting factor: see `Bound`.
    package let limit: String

    /// A larger share is impossible: the ceiling was measured while something else ran, or the work is miscounted.
    package static let possible = 1.05

    /// Whether the share is impossibly large.
    package var isImpossible: Bool { value > Self.possible }
}

extension Run {
    /// How close a record of this run is to the limit at this many seconds per call. Nil if the ceilings are unknown,
    /// or the element type is not `f32`, for which arithmetic was measured.
    package func roofline(of record: Record, seconds: Double) -> RooflineShare? {
        guard seconds > 0, record.element == .f32,
            let bound = ceilings?.bound(
                of: record.costs, threads: record.threads, caches: header.machine.caches,
                isCold: (record.samples?.sets ?? 1) > 1)
        else { return nil }
        return RooflineShare(value: bound.seconds / seconds, limit: bound.limit)
    }

    /// The same for the median.
    package func roofline(of record: Record) -> RooflineShare? {
        record.latencies.flatMap { roofline(of: record, seconds: $0.median) }
    }
}
