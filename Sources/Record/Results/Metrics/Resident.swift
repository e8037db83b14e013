import Platform

extension Metric {
    /// The most resident bytes while the case was prepared and timed.
    package static let peakMemory = single(
        "peak_memory", "Peak memory", unit: "B", better: .lower
    ) { $0.memory.map { Double($0.peak) } }

    /// The peak without the program itself: operands, weights, workspace.
    package static let ownMemory = single(
        "own_memory", "Own memory", unit: "B", better: .lower
    ) { $0.memory.map { Double($0.peak) - Double($0.baseline) } }

    /// The peak of the whole process from start to end, including the reference if it was computed. For files that lack
    /// it, the value that wait4 reported.
    package static let processPeak = single(
        "process_peak", "Peak of the process", unit: "B", better: .lower
    ) { ($0.memory?.wholePeak ?? $0.process?.maxResidentBytes).map(Double.init) }

    /// How often one call asks the system's allocator for memory; never for a prepared kernel.
    package static let allocations = exact(
        "allocations", "Allocations per call", unit: "1", better: .lower
    ) { $0.memory?.allocations.map(Double.init) }
}
