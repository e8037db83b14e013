/// FNV-1a with 64 bits (Fowler, Noll and Vo). Good enough if nobody tries to make two things collide.
package enum Fingerprint {
    package static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        // Through an iterator that this module does not know, an array takes many times as long.
        bytes.withContiguousStorageIfAvailable { fold($0) } ?? fold(bytes)
    }

    @inline(__always) private static func fold(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// Sixteen digits.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = String(of(bytes), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
