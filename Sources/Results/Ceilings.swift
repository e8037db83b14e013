/// What this machine can do at most, measured: the roof of a roofline.
package struct Ceilings: Codable, Sendable, Hashable {
    /// Multiply-adds in registers, nothing loaded.
    package struct Arithmetic: Codable, Sendable, Hashable {
        /// `baseline`, `avx2`, `avx512`, `neon`.
        package var instructionSet: String
        /// Bits of a vector.
        package var width: Int
        package var threads: Int
        /// FLOP/s in fp32, two a multiply-add.
        package var flops: Double

        package init(instructionSet: String, width: Int, threads: Int, flops: Double) {
            self.instructionSet = instructionSet
            self.width = width
            self.threads = threads
            self.flops = flops
        }
    }

    /// Reading a block that fits one level of the hierarchy.
    package struct Bandwidth: Codable, Sendable, Hashable {
        /// `L1`, `L2`, `L3`, `memory`.
        package var level: String
        /// Bytes of the block a thread reads.
        package var block: Int
        package var threads: Int
        package var bytesPerSecond: Double

        package init(level: String, block: Int, threads: Int, bytesPerSecond: Double) {
            self.level = level
            self.block = block
            self.threads = threads
            self.bytesPerSecond = bytesPerSecond
        }
    }

    package var arithmetic: [Arithmetic]
    package var bandwidth: [Bandwidth]
    /// Seconds an empty call takes in the harness.
    package var callSeconds: Double

    package init(arithmetic: [Arithmetic] = [], bandwidth: [Bandwidth] = [], callSeconds: Double = 0) {
        self.arithmetic = arithmetic
        self.bandwidth = bandwidth
        self.callSeconds = callSeconds
    }

    /// The highest arithmetic ceiling on this many threads.
    package func peakFlops(threads: Int) -> Double? {
        arithmetic.filter { $0.threads == threads }.map(\.flops).max()
    }

    /// The least seconds in which anything of these costs can be done: that of its FLOPs at the peak, or that of its least
    /// traffic from the level of the hierarchy that is large enough for it, whichever is more. Nil where a ceiling is missing.
    package func leastSeconds(for costs: CountedCosts, threads: Int, caches: [Machine.Cache]) -> Double? {
        guard let peak = peakFlops(threads: threads), peak > 0,
            let rate = bytesPerSecond(holding: costs.leastTraffic, threads: threads, caches: caches), rate > 0
        else { return nil }
        return max(Double(costs.flops) / peak, Double(costs.leastTraffic) / rate)
    }

    /// What the nearest cache that holds so many bytes, a thread's share each, can be read with; memory where none does.
    private func bytesPerSecond(holding bytes: Int, threads: Int, caches: [Machine.Cache]) -> Double? {
        let levels = bandwidth.filter { $0.threads == threads }
        let home = levels.first { level in
            caches.contains { cache in
                cache.kind != "Instruction" && level.level == "L\(cache.level)"
                    && cache.bytes / min(threads, max(cache.sharedBy, 1)) >= bytes / threads
            }
        }
        return (home ?? levels.last)?.bytesPerSecond
    }
}
