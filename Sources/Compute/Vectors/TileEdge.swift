import Mutants

/// Compile-time knowledge of whether the pixels that a tile sees may lie outside the image.
@usableFromInline package protocol TileEdge {
    /// Whether a column lies inside an image of this width.
    static func isSeen(_ column: Int, in width: Int) -> Bool

    /// Whether every column lies inside.
    static var isInterior: Bool { get }
}

/// A tile that sees no padding.
@usableFromInline package enum Interior: TileEdge {
    @inlinable @inline(__always) package static func isSeen(_ column: Int, in width: Int) -> Bool { true }
    @inlinable @inline(__always) package static var isInterior: Bool { true }
}

/// A tile that sees padding, which is skipped.
@usableFromInline package enum Border: TileEdge {
    @inlinable @inline(__always) package static var isInterior: Bool { false }

    @inlinable @inline(__always) package static func isSeen(_ column: Int, in width: Int) -> Bool {
        // One comparison: a negative number is large if read as unsigned.
        UInt(bitPattern: column) < UInt(bitPattern: width - slip(.slideColumn))
    }
}
