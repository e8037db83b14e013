/// The part of one thread in work that several do together.
package struct Share: Sendable, Hashable {
    /// Which, from 0.
    package let index: Int
    /// Of how many.
    package let count: Int

    package init(_ index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// All of the work.
    package static let whole = Share(0, of: 1)

    /// This share of so many pieces of equal work: neighbours, and nobody has two more than another.
    package func range(of pieces: Int) -> Range<Int> {
        pieces * index / count..<pieces * (index + 1) / count
    }

    /// The same cut only between blocks of so many pieces; the last block may be shorter.
    package func range(of pieces: Int, inBlocksOf block: Int) -> Range<Int> {
        let blocks = range(of: (pieces + block - 1) / block)
        return min(blocks.lowerBound * block, pieces)..<min(blocks.upperBound * block, pieces)
    }
}
