import Instructions
import Testing

@Suite struct VectorKernelsTests {
    private static let accumulators = 12

    @Test(arguments: InstructionSet.available()) func burstsMultiplyAndAddInEveryLane(set: InstructionSet) {
        let count = Self.accumulators * set.lanes
        var state = (0..<count + 1).map(Float.init)
        let kernels = VectorKernels(set)
        kernels.fmaBurst(3, 0.5, 2, &state)
        // Exact in every rounding: halves of small whole numbers.
        #expect(state[..<count].enumerated().allSatisfy { $1 == ((Float($0) * 0.5 + 2) * 0.5 + 2) * 0.5 + 2 })
        #expect(state[count] == Float(count), "nothing beyond the state is touched")
        kernels.fmaBurst(1000, 0.5, 2, &state)
        #expect(state[..<count].allSatisfy { $0 == 4 })
        kernels.fmaBurst(0, 0.5, 2, &state)
        #expect(state[..<count].allSatisfy { $0 == 4 })
    }

    @Test(arguments: InstructionSet.available(), [0, 1, 2, 3]) func burstsReadEveryFloat(
        set: InstructionSet, passes: Int
    ) {
        let block = (0..<3 * 128).map { Float($0) + 0.25 }
        var result = [Float](repeating: 1, count: 4 * set.lanes)
        var expected = result.map(\.bitPattern)
        for _ in 0..<passes {
            for (index, value) in block.enumerated() { expected[index % expected.count] ^= value.bitPattern }
        }
        VectorKernels(set).readBurst(block, block.count, passes, &result)
        #expect(result.map(\.bitPattern) == expected)
    }
}
