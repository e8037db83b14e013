/// FNV-1a with 64 bits (Fowler, Noll and Vo). Good enough if nobody tries to make two things collide.
package enum Fingerprint {
    /// The hash of no bytes.
    package static let empty: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Extends a hash by one unit: a byte, or a word where bytes are too slow. Each step is one-to-one, so a change of
    /// one unit always changes the result.
    @inlinable @inline(__always)
    package static func step(_ hash: UInt64, _ unit: some UnsignedInteger & FixedWidthInteger) -> UInt64 {
        (hash ^ UInt64(unit)) &* 0x100_0000_01B3
    }

    package static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        // For an array, the iterator of an unspecialised sequence takes many times as long.
        bytes.withContiguousStorageIfAvailable { $0.reduce(empty, step) } ?? bytes.reduce(empty, step)
    }

    /// The hash as sixteen hexadecimal digits.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = String(of(bytes), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
