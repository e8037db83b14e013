import Settings
import Tensors
import Testing

@Suite struct ShapeTests {
    @Test(
        arguments: [
            ([], 1), ([0], 0), ([3], 3), ([2, 3, 4], 24), ([5, 0, 7], 0), ([1 << 40, 1 << 40, 0], 0),
            ([0, 1 << 40, 1 << 40], 0), ([1 << 45], 1 << 45),
        ] as [([Int], Int)]) func counts(extents: [Int], count: Int) throws
    {
        let shape = try #require(Shape(extents))
        #expect(shape.count == count)
        #expect(shape.extents == extents)
    }

    @Test(arguments: [
        [-1], [3, -2], [0, -1], [-1, 0], [-1, -1], [.max, 2], [.max, .max], [1 << 32, 1 << 32], [(1 << 45) + 1],
        [.min, 1],
    ]) func impossible(extents: [Int]) { #expect(Shape(extents) == nil) }

    @Test func text() { #expect(Shape([2, 3, 4])?.description == "2x3x4") }
}

@Suite struct TensorTests {
    /// Sizes around that from which blocks ask for huge pages, and an empty one.
    @Test(arguments: [0, 1, 3, 1000, (1 << 20) - 1, 1 << 20, (1 << 20) + 5])
    func zeroedAndAligned(count: Int) throws {
        for element in ElementType.allCases {
            let tensor = try Tensor(element, try #require(Shape([count])))
            #expect(tensor.count == count && tensor.bytes == 4 * count && tensor.raw.count == 4 * count)
            #expect(UInt(bitPattern: tensor.raw.baseAddress) % 64 == 0)
            #expect(tensor.raw.allSatisfy { $0 == 0 })
        }
    }

    @Test func moreThanThereIs() throws {
        let shape = try #require(Shape([1 << 45]))
        let error = #expect(throws: OutOfMemory.self) { try Tensor(.f32, shape) }
        #expect(error?.bytes == 1 << 47)
    }

    @Test func fillByIndex() throws {
        let tensor = try Tensor(.f32, try #require(Shape([2, 3])))
        tensor.fill { Float($0) / 2 }
        #expect((0..<6).map { tensor.floats[$0] } == [0, 0.5, 1, 1.5, 2, 2.5])
    }
}
