import Mutants

/// Compile-time knowledge of whether the pixels that a tile sees may lie outside the image.
@usableFromInline package protocol TileEdge {
    /// Whether a column lies inside an image of this width.
    static func isSeen(_ column: Int, in width: Int) -> Bool

    /// Whether the weights of several views must be read again for each pixel. Without a test between two pixels, the
    /// compiler keeps all weights and runs out of registers.
    static var readsAgain: Bool { get }
}

/// A tile that sees no padding.
@usableFromInline package enum Interior: TileEdge {
    @inlinable @inline(__always) package static func isSeen(_ column: Int, in width: Int) -> Bool { true }
    @inlinable @inline(__always) package static var readsAgain: Bool { true }
}

/// A tile that sees padding, which is skipped.
@usableFromInline package enum Border: TileEdge {
    @inlinable @inline(__always) package static var readsAgain: Bool { false }

    @inlinable @inline(__always) package static func isSeen(_ column: Int, in width: Int) -> Bool {
        // One comparison: a negative number is large if read as unsigned.
        UInt(bitPattern: column) < UInt(bitPattern: width - slip(.slideColumn))
    }
}
