/// One thread's part of work that several threads do together.
package struct Share: Sendable, Hashable {
    /// The index of this share, from 0.
    package let index: Int
    /// The number of shares.
    package let count: Int

    package init(_ index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// All of the work.
    package static let whole = Share(0, of: 1)

    /// This share of `pieces` equal pieces: a contiguous range. The sizes of any two shares differ by at most one.
    package func range(of pieces: Int) -> Range<Int> {
        pieces * index / count..<pieces * (index + 1) / count
    }

    /// The same, but cut only between blocks of `block` pieces. The last block may be shorter.
    package func range(of pieces: Int, inBlocksOf block: Int) -> Range<Int> {
        let blocks = range(of: (pieces + block - 1) / block)
        return min(blocks.lowerBound * block, pieces)..<min(blocks.upperBound * block, pieces)
    }
}
