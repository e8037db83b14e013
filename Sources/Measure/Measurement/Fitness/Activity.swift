/// What ran on the whole machine between two moments.
package struct Activity: Sendable {
    private let start: ProcessorTimes

    /// Begins to watch. Nil if the system does not say what runs.
    package init?(_ files: SystemFiles) {
        guard let start = ProcessorTimes(files) else { return nil }
        self.start = start
    }

    /// Processors that were busy on average since it began, those that the hypervisor took away among them. Nil before
    /// the system has counted anything.
    package func busyProcessors(_ files: SystemFiles) -> Double? {
        guard let now = ProcessorTimes(files), now.total > start.total else { return nil }
        let busy = (now.total - now.idle) - (start.total - start.idle)
        return Double(busy) / Double(now.total - start.total) * Double(max(now.processors, 1))
    }
}
