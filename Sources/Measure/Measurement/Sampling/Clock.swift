import Glibc
import Results

/// What tells the time of samples; tests have one of their own.
package protocol Clock {
    /// Nanoseconds since some fixed moment; never less than before.
    func now() -> UInt64
    /// The least step it can tell, in nanoseconds, at least 1.
    var resolution: UInt64 { get }
}

extension Clock {
    /// Nanoseconds since an earlier reading.
    @inline(__always) package func since(_ start: UInt64) -> UInt64 {
        let end = now()
        return end > start ? end - start : 0
    }

    /// The least step other than 0 between neighbouring reads; 1 where the clock never moved.
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

/// CLOCK_MONOTONIC, which no change of the date moves, read straight from the vDSO.
package struct MonotonicClock: Clock, Sendable {
    package private(set) var resolution: UInt64 = 1

    /// Measures the resolution: some thousand reads, a fraction of a millisecond.
    package init() { resolution = measuredResolution() }

    @inline(__always) package func now() -> UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }
}
