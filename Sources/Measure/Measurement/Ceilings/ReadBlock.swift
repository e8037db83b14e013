import Results
import Vectors

/// How large a block to read so that it comes from one level of the hierarchy.
struct ReadBlock: Hashable {
    /// `L1`, `L2`, `L3`, `memory`.
    let level: String
    /// Of each thread.
    let bytes: Int

    /// What `Vectors.readBurst` reads at a time.
    private static let unit = Burst.readFloats * MemoryLayout<Float>.stride
    /// Enough for any hierarchy we know; more would only take longer.
    private static let most = 1 << 30
    /// Of the memory that is available.
    private static let modest = 4
    /// Where the caches are not known: beyond most.
    private static let usual = 256 << 20

    /// The blocks for so many threads. A level whose size is not known, or for which there is too little memory, is
    /// left out.
    ///
    /// A cache: as much as the level below holds and half of the thread's share of this one, so that it cannot stay
    /// below and fits here. Memory: all threads together four times the last-level caches that they use.
    static func all(caches: [Machine.Cache], threads: Int, available: Int?) -> [ReadBlock] {
        let data = caches.filter { $0.kind != "Instruction" }.sorted { $0.level < $1.level }
        var blocks: [ReadBlock] = []
        var below = 0
        for cache in data {
            let share = cache.bytes / min(threads, max(cache.sharedBy, 1))
            blocks.append(ReadBlock(level: "L\(cache.level)", bytes: below + share / 2))
            below = share
        }
        let last = data.last.map { $0.bytes * ((threads - 1) / max($0.sharedBy, 1) + 1) } ?? 0
        let memory = min(last > 0 ? 4 * last : usual, most, (available ?? usual) / modest)
        // With less than twice the caches, much of it would be read from them.
        if memory >= 2 * last { blocks.append(ReadBlock(level: "memory", bytes: memory / threads)) }
        return blocks.map { ReadBlock(level: $0.level, bytes: $0.bytes / unit * unit) }.filter { $0.bytes > 0 }
    }
}
