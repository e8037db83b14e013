import Settings

/// The upper half of a `Float`: its sign, its exponent and 7 bits of its fraction.
package struct BFloat16: Scalar, Hashable {
    package let bits: UInt16

    @inlinable package init(bits: UInt16) { self.bits = bits }

    /// Rounds to nearest; ties go to the even last bit. NaN stays NaN.
    @inlinable package init(_ sum: Float) {
        let bits = sum.bitPattern
        let rounded = sum.isNaN ? bits | 0x40_0000 : bits &+ 0x7FFF &+ (bits >> 16 & 1)
        self.bits = UInt16(truncatingIfNeeded: rounded >> 16)
    }

    package init(nearest value: Double) { self.init(Float(value)) }

    package static var element: ElementType { .bf16 }
    package static var numPy: String? { nil }
    @inlinable package var sum: Float { Float(bitPattern: UInt32(bits) << 16) }
    package var value: Double { Double(sum) }
}
