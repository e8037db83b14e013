import Testing
import Threads

@Suite struct ShareTests {
    @Test(arguments: [0, 1, 2, 6, 7, 8, 100], [1, 2, 3, 7])
    func `shares cover all pieces once, and none has two more than another`(pieces: Int, count: Int) {
        let ranges = (0..<count).map { Share($0, of: count).range(of: pieces) }
        #expect(ranges.flatMap { Array($0) } == Array(0..<pieces))
        let sizes = ranges.map(\.count)
        #expect(sizes.max()! - sizes.min()! <= 1)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 100], [1, 2, 3, 7])
    func `blocks are never cut`(pieces: Int, count: Int) {
        let ranges = (0..<count).map { Share($0, of: count).range(of: pieces, inBlocksOf: 16) }
        #expect(ranges.flatMap { Array($0) } == Array(0..<pieces))
        #expect(ranges.allSatisfy { $0.lowerBound.isMultiple(of: 16) || $0.lowerBound == pieces })
    }
}
