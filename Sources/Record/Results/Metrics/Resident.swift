import Platform

extension Metric {
    /// Resident bytes at their highest while the case was prepared and timed.
    package static let peakMemory = single(
        "peak_memory", "Peak memory", unit: "B", better: .lower
    ) { $0.memory.map { Double($0.peak) } }

    /// The peak without the program itself: operands, weights, workspace.
    package static let ownMemory = single(
        "own_memory", "Own memory", unit: "B", better: .lower
    ) { $0.memory.map { Double($0.peak) - Double($0.baseline) } }

    /// The highest of the whole process, from its start to its end, the reference included if it was computed. Of files
    /// that do not have it, what wait4 says.
    package static let processPeak = single(
        "process_peak", "Peak of the process", unit: "B", better: .lower
    ) { ($0.memory?.wholePeak ?? $0.process?.maxResidentBytes).map(Double.init) }

    /// How often one call asks the system's allocator for memory; a prepared kernel never does.
    package static let allocations = exact(
        "allocations", "Allocations per call", unit: "1", better: .lower
    ) { $0.memory?.allocations.map(Double.init) }
}
