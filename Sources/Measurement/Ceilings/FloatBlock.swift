import CPlatform

/// Memory to read from: aligned, and touched by the thread that makes it.
final class FloatBlock {
    let floats: UnsafeMutablePointer<Float>

    /// Huge pages from here on: below, one would be mostly padding.
    private static let hugeFrom = 4 << 20
    private static let hugePage = 2 << 20
    private static let cacheLine = 64

    /// All ones; nil where there is no memory.
    init?(count: Int) {
        let bytes = count * MemoryLayout<Float>.stride
        let huge = bytes >= Self.hugeFrom
        guard let memory = assay_allocate(bytes, huge ? Self.hugePage : Self.cacheLine, huge ? 1 : 0) else {
            return nil
        }
        floats = memory.bindMemory(to: Float.self, capacity: count)
        floats.initialize(repeating: 1, count: count)
    }

    deinit { floats.deallocate() }
}
