extension Tensor {
    /// The fingerprint of no elements.
    package static let noFingerprint: UInt64 = 0xCBF2_9CE4_8422_2325

    /// A fingerprint that, beside what another covers, covers the bits of every element, in order: FNV-1a (Fowler, Noll
    /// and Vo) with a word for a byte, and the bytes that are no whole word behind. Each step is one to one, so that a change of one element always changes the result.
    package func fingerprint(adding hash: UInt64 = noFingerprint) -> UInt64 {
        let words = UnsafeRawBufferPointer(rebasing: raw.prefix(bytes & ~3)).bindMemory(to: UInt32.self)
        let hash = words.reduce(hash) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return raw.suffix(bytes & 3).reduce(hash) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// Whether the two have memory in common.
    package func overlaps(_ other: Tensor) -> Bool {
        guard let own = raw.baseAddress, let others = other.raw.baseAddress else { return false }
        return own < others + other.bytes && others < own + bytes
    }
}
