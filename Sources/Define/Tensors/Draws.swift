import Platform

/// A stream of random draws without state. Any draw can be made alone, so tensors are the same on every machine and
/// with every number of threads.
///
/// Draw i is `splitmix64(key + i * 0x9E3779B97F4A7C15)`. The key is FNV-1a-64 of the stream's name, XOR the seed
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
package struct Draws: Sendable {
    package let key: UInt64

    package init(_ name: String, seed: UInt64) {
        key = Fingerprint.of(name.utf8) ^ seed
    }

    /// 64 random bits.
    @inlinable package subscript(i: Int) -> UInt64 {
        splitmix64(key &+ UInt64(truncatingIfNeeded: i) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// A whole number in 0 ..< bound, each with the same probability: floor(draw * bound / 2^64), the high word of the product.
    @inlinable package func whole(_ i: Int, below bound: Int) -> Int {
        Int(truncatingIfNeeded: self[i].multipliedFullWidth(by: UInt64(truncatingIfNeeded: bound)).high)
    }

    /// A multiple of 2^-24 in 0 ..< 1: exact in `Float`.
    @inlinable package func unit(_ i: Int) -> Float { Float(self[i] >> 40) * 0x1p-24 }
}

/// The finaliser of splitmix64, with its increment.
@inlinable package func splitmix64(_ x: UInt64) -> UInt64 {
    var z = x &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
}
