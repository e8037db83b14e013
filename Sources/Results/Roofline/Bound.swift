/// The least time in which the machine can do something, and what limits it.
package struct Bound: Sendable, Hashable {
    package let seconds: Double
    /// `compute`, or the level of memory that the operands come from: `L1`, `L2`, `L3`, `memory`.
    package let limit: String

    package static let compute = "compute"
}

extension Ceilings {
    /// The bound of a case: the time of its executed FLOPs at the peak, or that of its least traffic from the nearest
    /// level of memory that holds it, whichever is more (Williams, Waterman and Patterson, "Roofline", 2009). Nil if a ceiling that it
    /// needs is missing, or nothing is computed or moved.
    /// - Parameter isCold: whether the operands were rotated out of the caches, so that they come from memory.
    package func bound(
        of costs: CountedCosts, threads: Int, caches: [Machine.Cache], isCold: Bool = false
    ) -> Bound? {
        var bounds: [Bound] = []
        if costs.executedFLOPs > 0 {
            guard let peak = peakFlops(threads: threads), peak > 0 else { return nil }
            bounds.append(Bound(seconds: Double(costs.executedFLOPs) / peak, limit: Bound.compute))
        }
        if costs.leastTraffic > 0 {
            let levels = bandwidth.filter { $0.threads == threads }
            let home = isCold ? nil : levels.first { $0.holds(costs.leastTraffic, caches: caches) }
            guard let source = home ?? levels.last, source.bytesPerSecond > 0 else { return nil }
            bounds.append(Bound(seconds: Double(costs.leastTraffic) / source.bytesPerSecond, limit: source.level))
        }
        return bounds.max { $0.seconds < $1.seconds }
    }
}

extension Ceilings.Bandwidth {
    /// Whether this level is a cache that holds so many bytes, if each thread has its share of them and of the cache.
    fileprivate func holds(_ bytes: Int, caches: [Machine.Cache]) -> Bool {
        caches.contains { cache in
            cache.kind != "Instruction" && level == "L\(cache.level)"
                && cache.bytes / min(threads, max(cache.sharedBy, 1)) >= bytes / threads
        }
    }
}
