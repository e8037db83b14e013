import CPlatform
import Settings

/// A block of memory with a shape: contiguous, row-major, 64-byte aligned, prefaulted (zeroed) on creation.
///
/// It owns its memory, or is a part of another tensor. A pointer into it is valid only while the tensor is held.
package final class Tensor: @unchecked Sendable {
    package let element: ElementType
    package let shape: Shape
    fileprivate let base: UnsafeMutableRawPointer
    /// The owner of this memory, if it is another tensor.
    private let owner: Tensor?

    /// Blocks ask for huge pages from this size on. In smaller ones a huge page would be mostly padding.
    private static let hugeFrom = 4 << 20

    /// Fails if the system has no memory left.
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

    /// A part of another tensor's memory, which lives as long as this tensor.
    ///
    /// - Parameter offset: the start, in bytes; the shape must fit after it.
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

    /// The elements, which must be of that type.
    package func pointer<Element: Scalar>(to type: Element.Type = Element.self) -> UnsafeMutablePointer<Element> {
        precondition(element == Element.element)
        return base.assumingMemoryBound(to: Element.self)
    }

    /// The elements of an `f32` tensor.
    package var floats: UnsafeMutablePointer<Float> { pointer() }

    /// The elements of an `i32` tensor.
    package var ints: UnsafeMutablePointer<Int32> { pointer() }

    /// An element of any type. New values are rounded to the type.
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

    /// Sets every bit: each element is NaN, or -1 or the maximum if the type has no NaN.
    package func spoil() { base.initializeMemory(as: UInt8.self, repeating: 0xFF, count: bytes) }
}

extension Tensor {
    /// An `f32` tensor of one dimension, filled with zeros.
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
    /// The same numbers as `f32`, which holds all of `bf16`, `i8` and `u8`. Returns itself if it is `f32`.
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

    /// Copies all bytes from a buffer of the same size.
    package func copy(from raw: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(start: base, count: bytes).copyMemory(from: raw)
    }

    package func copied() throws(OutOfMemory) -> Tensor {
        let copy = try Tensor(element, shape)
        copy.copy(from: self)
        return copy
    }
}
