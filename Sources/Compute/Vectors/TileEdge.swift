import Mutants

/// Whether the pixels that a tile sees may lie beside the image, as the compiler knows it.
@usableFromInline package protocol TileEdge {
    /// Whether an image of a width has a column.
    static func isSeen(_ column: Int, in width: Int) -> Bool

    /// Whether the weights of several views must be read again for each pixel. If no test parts one pixel from the next, the
    /// compiler keeps them all, and there are too few registers.
    static var readsAgain: Bool { get }
}

/// A tile that sees nothing but the image.
@usableFromInline package enum Interior: TileEdge {
    @inlinable @inline(__always) package static func isSeen(_ column: Int, in width: Int) -> Bool { true }
    @inlinable @inline(__always) package static var readsAgain: Bool { true }
}

/// A tile that sees padding, which is passed over.
@usableFromInline package enum Border: TileEdge {
    @inlinable @inline(__always) package static var readsAgain: Bool { false }

    @inlinable @inline(__always) package static func isSeen(_ column: Int, in width: Int) -> Bool {
        // One comparison: what is negative is large without its sign.
        UInt(bitPattern: column) < UInt(bitPattern: width - slip(.slideColumn))
    }
}
