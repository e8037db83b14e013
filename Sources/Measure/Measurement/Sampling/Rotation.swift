/// Cold measurements: each call uses another copy of the operands, so that none is still in a cache when used again.
package enum Rotation {
    /// The number of copies needed: between two uses of a copy, more than twice the last-level cache must be read (once
    /// would do if caches always replaced the oldest line, but they only approximate that). At least 2.
    ///
    /// Both parameters in bytes. Operands of 0 bytes cannot be cold; the result is then 2.
    package static func setsNeeded(bytesPerSet: Int, lastLevelCache: Int) -> Int {
        guard bytesPerSet > 0, lastLevelCache > 0 else { return 2 }
        let (twice, overflow) = lastLevelCache.multipliedReportingOverflow(by: 2)
        return max(2, (overflow ? Int.max - bytesPerSet : twice) / bytesPerSet + 1)
    }
}
