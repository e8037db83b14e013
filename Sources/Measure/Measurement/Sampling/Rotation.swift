/// Cold measurements: each call works on another copy of its operands, so that none is still in a cache when its turn
/// comes again.
package enum Rotation {
    /// Copies of the operands that are needed: between two uses of one, more than twice the last-level cache goes by
    /// (once would do if caches replaced the oldest line; they only try to). At least 2.
    ///
    /// Both in bytes. Operands of 0 bytes have nothing to be cold, and give 2.
    package static func setsNeeded(bytesPerSet: Int, lastLevelCache: Int) -> Int {
        guard bytesPerSet > 0, lastLevelCache > 0 else { return 2 }
        let (twice, overflow) = lastLevelCache.multipliedReportingOverflow(by: 2)
        return max(2, (overflow ? Int.max - bytesPerSet : twice) / bytesPerSet + 1)
    }
}
