/// How busy the whole machine was between two moments.
package struct Activity: Sendable {
    private let start: ProcessorTimes

    /// Begins to watch. Nil if the system does not report it.
    package init?(_ files: SystemFiles) {
        guard let start = ProcessorTimes(files) else { return nil }
        self.start = start
    }

    /// The average number of busy processors since then, including time that the hypervisor took away. Nil before the
    /// system has counted anything.
    package func busyProcessors(_ files: SystemFiles) -> Double? {
        guard let now = ProcessorTimes(files), now.total > start.total else { return nil }
        let busy = (now.total - now.idle) - (start.total - start.idle)
        return Double(busy) / Double(now.total - start.total) * Double(max(now.processors, 1))
    }
}
