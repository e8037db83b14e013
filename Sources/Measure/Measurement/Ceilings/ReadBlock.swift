import Results
import Vectors

/// The size of the block to read so that the data comes from one level of the memory hierarchy.
struct ReadBlock: Hashable {
    /// `L1`, `L2`, `L3`, `memory`.
    let level: String
    /// Per thread.
    let bytes: Int

    /// The bytes that `Vectors.readBurst` reads at a time.
    private static let unit = Burst.readFloats * MemoryLayout<Float>.stride
    /// Enough for any hierarchy we know; more would only take longer.
    private static let most = 1 << 30
    /// At most one part in this many of the available memory is used.
    private static let modest = 4
    /// Used if the caches are not known: larger than most.
    private static let usual = 256 << 20

    /// The blocks for a number of threads. A level is left out if its size is unknown or memory is too small.
    ///
    /// Cache: the size of the level below plus half of the thread's share of this one, so that the block does not fit
    /// below but fits here. Memory: over all threads, four times the last-level caches that they use.
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
        // With less than twice the caches, much of the block would be read from them.
        if memory >= 2 * last { blocks.append(ReadBlock(level: "memory", bytes: memory / threads)) }
        return blocks.map { ReadBlock(level: $0.level, bytes: $0.bytes / unit * unit) }.filter { $0.bytes > 0 }
    }
}
