/// The least time in which the machine can do something, and the limiting factor.
package struct Bound: Sendable, Hashable {
    package let seconds: Double
    /// `compute`, or the memory level that the operands come from: `L1`, `L2`, `L3`, `memory`.
    package let limit: String

    package static let compute = "compute"
}

extension Ceilings {
    /// The bound of a case: the time of its executed FLOPs at the peak or that of its least traffic, whichever is
    /// longer (Williams, Waterman and Patterson, "Roofline", 2009). Nil if a required ceiling is missing, or nothing is
    /// computed or moved.
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
            guard let moving = traffic(of: costs.leastTraffic, threads: threads, caches: isCold ? [] : caches) else {
                return nil
            }
            bounds.append(moving)
        }
        return bounds.max { $0.seconds < $1.seconds }
    }

    /// The least time to read this many bytes: each cache supplies as many as it can hold, the nearest first, and the
    /// last level the rest. The limit is the level that takes most of the time.
    private func traffic(of bytes: Int, threads: Int, caches: [Machine.Cache]) -> Bound? {
        var (left, seconds) = (bytes, 0.0)
        var longest = Bound(seconds: 0, limit: "memory")
        let levels = bandwidth.filter { $0.threads == threads && $0.bytesPerSecond > 0 }
        for level in levels where left > 0 {
            let isFarthest = level.level == levels.last?.level
            let part = isFarthest ? left : min(left, level.capacity(caches))
            let time = Double(part) / level.bytesPerSecond
            seconds += time
            left -= part
            if time > longest.seconds { longest = Bound(seconds: time, limit: level.level) }
        }
        return left == 0 ? Bound(seconds: seconds, limit: longest.limit) : nil
    }
}

extension Ceilings.Bandwidth {
    /// Bytes that the caches of this level hold for all threads together; 0 if the level is unknown.
    fileprivate func capacity(_ caches: [Machine.Cache]) -> Int {
        guard let cache = caches.first(where: { $0.kind != "Instruction" && level == "L\($0.level)" }) else { return 0 }
        let (share, sharers) = (Double(cache.bytes), min(threads, max(cache.sharedBy, 1)))
        return Int(min(share / Double(sharers) * Double(threads), 0x1p60))
    }
}
