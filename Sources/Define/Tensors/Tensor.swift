import CPlatform
import Settings

/// A block of memory with a shape: contiguous, row-major, 64-byte aligned, prefaulted (zeroed) on creation.
///
/// The owner of its memory, or a part of another's; whoever holds a pointer into it holds the tensor too.
package final class Tensor: @unchecked Sendable {
    package let element: ElementType
    package let shape: Shape
    fileprivate let base: UnsafeMutableRawPointer
    /// Whose memory this is, where it is not its own.
    private let owner: Tensor?

    /// From this size on blocks ask for huge pages: below it a huge page would be mostly padding.
    private static let hugeFrom = 4 << 20

    /// Fails where the system has no memory to give.
    package init(_ element: ElementType, _ shape: Shape) throws(OutOfMemory) {
        let bytes = max(shape.count * element.size, 1)
        let huge = bytes >= Self.hugeFrom
        guard let base = assay_allocate(bytes, huge ? 2 << 20 : 64, huge ? 1 : 0) else {
            throw OutOfMemory(bytes: bytes)
        }
        self.element = element
        self.shape = shape
        self.base = base
        owner = nil
        base.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    }

    /// A part of another tensor's memory, which lives as long as this.
    ///
    /// - Parameter offset: where it begins, in bytes; the shape must fit behind it.
    package init(in owner: Tensor, at offset: Int, _ element: ElementType, _ shape: Shape) {
        precondition(offset >= 0 && offset + shape.count * element.size <= owner.bytes)
        self.element = element
        self.shape = shape
        self.owner = owner
        base = owner.base + offset
    }

    deinit { if owner == nil { base.deallocate() } }

    /// Number of elements.
    package var count: Int { shape.count }
    /// Size of the elements in bytes.
    package var bytes: Int { shape.count * element.size }
    /// All bytes, for files.
    package var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: bytes) }

    /// The elements, which are of that type.
    package func pointer<Element: Scalar>(to type: Element.Type = Element.self) -> UnsafeMutablePointer<Element> {
        precondition(element == Element.element)
        return base.assumingMemoryBound(to: Element.self)
    }

    /// The elements of an `f32` tensor.
    package var floats: UnsafeMutablePointer<Float> { pointer() }

    /// The elements of an `i32` tensor.
    package var ints: UnsafeMutablePointer<Int32> { pointer() }

    /// An element of any type; what is set is rounded to the type.
    package subscript(i: Int) -> Double {
        get {
            func value<Element: Scalar>(_: Element.Type) -> Double { pointer(to: Element.self)[i].value }
            return element == .f32 ? Double(floats[i]) : value(element.scalar)
        }
        set {
            func set<Element: Scalar>(_: Element.Type) { pointer()[i] = Element(nearest: newValue) }
            if element == .f32 { floats[i] = Float(newValue) } else { set(element.scalar) }
        }
    }

    /// Sets every bit: each element is NaN, or -1 or the largest where the type has no NaN.
    package func spoil() { base.initializeMemory(as: UInt8.self, repeating: 0xFF, count: bytes) }
}

extension Tensor {
    /// So many zeros, side by side.
    package convenience init(floats count: Int) throws(OutOfMemory) {
        guard let shape = Shape([count]) else { throw OutOfMemory(bytes: .max) }
        try self.init(.f32, shape)
    }
}

/// The system refused a block of memory.
package struct OutOfMemory: Error, CustomStringConvertible {
    package let bytes: Int
    package init(bytes: Int) { self.bytes = bytes }
    package var description: String { "no memory for a block of \(bytes) bytes" }
}

extension Tensor {
    /// The same numbers as `f32`, which holds all that `bf16`, `i8` and `u8` have: itself where it is such.
    package func asFloats() throws(OutOfMemory) -> Tensor {
        guard element != .f32 else { return self }
        let floats = try Tensor(.f32, shape)
        for i in 0..<count { floats.floats[i] = Float(self[i]) }
        return floats
    }

    /// Copies the elements of a tensor of the same type and shape.
    package func copy(from other: Tensor) {
        precondition(element == other.element && count == other.count)
        base.copyMemory(from: other.base, byteCount: bytes)
    }

    /// Copies all bytes from as many.
    package func copy(from raw: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(start: base, count: bytes).copyMemory(from: raw)
    }

    package func copied() throws(OutOfMemory) -> Tensor {
        let copy = try Tensor(element, shape)
        copy.copy(from: self)
        return copy
    }
}
