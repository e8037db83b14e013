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
            #expect(tensor.count == count && tensor.bytes == count * element.size && tensor.raw.count == tensor.bytes)
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

@Suite struct ElementTests {
    private func size<Element: Scalar>(_: Element.Type) -> Int { MemoryLayout<Element>.stride }

    @Test(arguments: ElementType.allCases) func aTypeIsTheSameInBothPlaces(element: ElementType) {
        #expect(element.scalar.element == element && size(element.scalar) == element.size)
    }

    /// Rounding to the nearest, ties to even; what is too large is the largest.
    @Test(
        arguments: [
            (.f32, 0.1, Double(Float(0.1))), (.i8, 2.5, 2), (.i8, -3.5, -4), (.i8, 200, 127), (.i8, -200, -128),
            (.u8, 254.6, 255), (.u8, -1, 0), (.u8, 300, 255), (.i32, 1e10, 2_147_483_647), (.i32, .nan, -2_147_483_648),
            (.i64, 0x1p40 + 0.5, 0x1p40), (.i64, 1e30, 0x1p63), (.bf16, 0x1.01p0, 1), (.bf16, 0x1.03p0, 0x1.04p0),
            (.bf16, 0x1.0101p0, 0x1.02p0), (.bf16, -0x1.FFp0, -2), (.bf16, 3.4e38, .infinity),
            (.bf16, -.infinity, -.infinity), (.bf16, 0x1p-133, 0x1p-133), (.bf16, 0x1p-134, 0),
        ] as [(ElementType, Double, Double)])
    func whatIsSetIsRounded(element: ElementType, value: Double, nearest: Double) throws {
        let tensor = try Tensor(element, .vector(3))
        tensor[1] = value
        #expect([tensor[0], tensor[1], tensor[2]] == [0, nearest, 0])
        guard ![.i32, .i64].contains(element) else { return }
        let floats = try tensor.asFloats()
        #expect(floats[1] == Double(Float(nearest)))
    }

    @Test func allFloatsRoundAsByTheirNeighbours() {
        // Every exponent, and fractions around each half.
        for upper in stride(from: UInt32(0), to: 0x7F80, by: 1) {
            for lower: UInt32 in [0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF] {
                let value = Float(bitPattern: upper << 16 | lower)
                let below = UInt16(upper)
                let isUp = lower > 0x8000 || lower == 0x8000 && below % 2 == 1
                #expect(BFloat16(value).bits == (isUp ? below + 1 : below))
                #expect(BFloat16(-value).bits == BFloat16(value).bits | 0x8000)
            }
        }
        for payload: UInt32 in [0x7F80_0001, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x7FC0_0000] {
            #expect(BFloat16(Float(bitPattern: payload)).sum.isNaN)
        }
    }

    @Test(arguments: ElementType.allCases) func noSpoiledElementIsZero(element: ElementType) throws {
        let tensor = try Tensor(element, .vector(5))
        tensor.spoil()
        #expect((0..<5).allSatisfy { tensor[$0] != 0 })
        if [.f32, .bf16].contains(element) { #expect(tensor[4].isNaN) }
    }

    /// Any byte counts, those behind the last word too.
    @Test(arguments: 1...9) func fingerprints(count: Int) throws {
        let tensor = try Tensor(.u8, .vector(count))
        var seen: Set<UInt64> = [tensor.fingerprint()]
        for i in 0..<count {
            tensor[i] = 1
            #expect(seen.insert(tensor.fingerprint()).inserted)
        }
    }
}
