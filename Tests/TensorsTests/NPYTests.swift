import Settings
import Tensors
import Testing

/// Against the bytes that NumPy 2's `numpy.save` writes for the same arrays.
@Suite struct NPYTests {
    private func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).map { $0 >= UInt8(ascii: "a") ? $0 - 87 : $0 - 48 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// Magic, version 1.0, a header of 118 bytes, and the dictionary up to its shape.
    private let preamble =
        "934e554d5059010076007b276465736372273a20273c__34272c2027666f727472616e5f6f72646572273a2046616c73652c20"
        + "277368617065273a2028"

    private func expected(type: String, shape: String, spaces: Int, data: String) -> [UInt8] {
        let head = preamble.split(separator: "__", maxSplits: 1).joined(separator: type)
        return bytes(head + shape + "292c207d" + String(repeating: "20", count: spaces) + "0a" + data)
    }

    @Test func matrixOfFloats() throws {
        let tensor = try Tensor(.f32, try #require(Shape([2, 2])))
        for (i, value) in [1.5, -2, 0.1, Float.infinity].enumerated() { tensor.floats[i] = value }
        let file = NPY.encode(tensor)
        #expect(file == expected(type: "66", shape: "322c2032", spaces: 58, data: "0000c03f000000c0cdcccc3d0000807f"))
        #expect(file.count == 144)
    }

    @Test func vectorOfIntegers() throws {
        let tensor = try Tensor(.i32, try #require(Shape([3])))
        for (i, value) in [7, -1, Int32.max].enumerated() { tensor.ints[i] = value }
        #expect(NPY.encode(tensor) == expected(type: "69", shape: "332c", spaces: 60, data: "07000000ffffffffffffff7f"))
    }

    @Test(
        arguments: [
            (.i8, "|i1", "01fe"), (.u8, "|u1", "01fe"), (.i64, "<i8", "0100000000000000feffffffffffffff"),
            (.bf16, "<f4", "0000803f000000c0"),
        ] as [(ElementType, String, String)])
    func otherTypes(element: ElementType, type: String, data: String) throws {
        let tensor = try Tensor(element, .vector(2))
        (tensor[0], tensor[1]) = (1, element == .u8 ? 254 : -2)
        let file = NPY.encode(tensor)
        #expect(String(decoding: file[10..<128], as: UTF8.self).contains("'descr': '\(type)'"))
        #expect(Array(file[128...]) == bytes(data))
    }

    @Test func scalar() throws {
        let tensor = try Tensor(.f32, try #require(Shape([])))
        tensor.floats[0] = 2.5
        #expect(NPY.encode(tensor) == expected(type: "66", shape: "", spaces: 62, data: "00002040"))
    }

    @Test func empty() throws {
        let tensor = try Tensor(.f32, try #require(Shape([0, 5])))
        #expect(NPY.encode(tensor) == expected(type: "66", shape: "302c2035", spaces: 58, data: ""))
    }

    /// The data begins at a multiple of 64 bytes, whatever the length of the shape's text.
    @Test func headersAreAligned() throws {
        for rank in 0..<40 {
            let tensor = try Tensor(.f32, try #require(Shape(Array(repeating: 1, count: rank))))
            let file = NPY.encode(tensor)
            let length = Int(file[8]) + Int(file[9]) << 8
            #expect((10 + length) % 64 == 0)
            #expect(file[9 + length] == UInt8(ascii: "\n"))
            #expect(file.count == 10 + length + 4)
        }
    }
}
