import Glibc
import Results

/// The clock that times samples; tests use their own.
package protocol Clock {
    /// Nanoseconds since a fixed moment; never decreasing.
    func now() -> UInt64
    /// The smallest step in nanoseconds, at least 1.
    var resolution: UInt64 { get }
}

extension Clock {
    /// Nanoseconds since an earlier reading.
    @inline(__always) package func since(_ start: UInt64) -> UInt64 {
        let end = now()
        return end > start ? end - start : 0
    }

    /// The smallest non-zero step between successive reads; 1 if the clock never moved.
    package func measuredResolution(reads: Int = 4000) -> UInt64 {
        var least = UInt64.max
        var last = now()
        for _ in 0..<reads {
            let next = now()
            if next > last { least = min(least, next - last) }
            last = next
        }
        return least == .max ? 1 : least
    }
}

/// CLOCK_MONOTONIC, which changes of the date do not affect, read through the vDSO.
package struct MonotonicClock: Clock, Sendable {
    package private(set) var resolution: UInt64 = 1

    /// Measures the resolution: some thousand reads, a fraction of a millisecond.
    package init() { resolution = measuredResolution() }

    @inline(__always) package func now() -> UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }
}
