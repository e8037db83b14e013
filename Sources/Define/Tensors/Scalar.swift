import Settings

/// A Swift type for the elements of a tensor.
package protocol Scalar: BitwiseCopyable, Sendable {
    /// The type that products of such elements are summed in.
    associatedtype Sum: Scalar, Numeric

    static var element: ElementType { get }
    /// NumPy's name of the type; nil if it has none.
    static var numPy: String? { get }
    /// The same number, ready to be multiplied and summed.
    var sum: Sum { get }
    /// The nearest element to a sum; ties go to the even last bit.
    init(_ sum: Sum)
    var value: Double { get }
    /// The nearest element; ties go to the even last bit.
    init(nearest value: Double)
    /// Converts a draw, by default to the nearest element; `reach` is the largest magnitude that could be drawn.
    static func drawn(_ value: Float, reach: Float) -> Self
}

extension Scalar {
    package static func drawn(_ value: Float, reach: Float) -> Self { Self(nearest: Double(value)) }
}

extension ElementType {
    /// The Swift type of such elements.
    package var scalar: any Scalar.Type {
        switch self {
        case .f32: Float.self
        case .bf16: BFloat16.self
        case .i8: Int8.self
        case .u8: UInt8.self
        case .i32: Int32.self
        case .i64: Int64.self
        }
    }
}

extension Float: Scalar {
    package static var element: ElementType { .f32 }
    package static var numPy: String? { "<f4" }
    @inlinable package var sum: Float { self }
    package var value: Double { Double(self) }
    package init(nearest value: Double) { self.init(value) }
}

extension Scalar where Self: FixedWidthInteger, Sum: FixedWidthInteger {
    @inlinable package var sum: Sum { Sum(truncatingIfNeeded: self) }
    package var value: Double { Double(self) }
    package init(nearest value: Double) {
        let whole = value.rounded(.toNearestOrEven)
        self = whole >= Double(Self.max) ? .max : whole > Double(Self.min) ? Self(whole) : .min
    }
}

/// Draws are quantised symmetrically: `reach` becomes 127, and zero stays zero.
extension Int8: Scalar {
    package typealias Sum = Int32
    package static var element: ElementType { .i8 }
    package static var numPy: String? { "|i1" }
    package static func drawn(_ value: Float, reach: Float) -> Int8 {
        Int8(nearest: Double(value) / Double(reach) * 127)
    }
}

/// Draws are quantised to the whole range: -`reach` becomes 0, `reach` 255.
extension UInt8: Scalar {
    package typealias Sum = Int32
    package static var element: ElementType { .u8 }
    package static var numPy: String? { "|u1" }
    package static func drawn(_ value: Float, reach: Float) -> UInt8 {
        UInt8(nearest: (Double(value) / Double(reach) + 1) * 127.5)
    }
}

extension Int32: Scalar {
    package typealias Sum = Int32
    package static var element: ElementType { .i32 }
    package static var numPy: String? { "<i4" }
}

extension Int64: Scalar {
    package typealias Sum = Int64
    package static var element: ElementType { .i64 }
    package static var numPy: String? { "<i8" }
}
