import Platform

extension Tensor {
    /// Adds the bits of every element, in order, to a fingerprint: whole words, then the bytes that are left.
    package func fingerprint(adding hash: UInt64 = Fingerprint.empty) -> UInt64 {
        let words = UnsafeRawBufferPointer(rebasing: raw.prefix(bytes & ~3)).bindMemory(to: UInt32.self)
        return raw.suffix(bytes & 3).reduce(words.reduce(hash, Fingerprint.step), Fingerprint.step)
    }

    /// Whether the two have memory in common.
    package func overlaps(_ other: Tensor) -> Bool {
        guard let own = raw.baseAddress, let others = other.raw.baseAddress else { return false }
        return own < others + other.bytes && others < own + bytes
    }
}
