/// The element types of tensors.
package enum ElementType: String, Codable, Sendable, Hashable, CaseIterable {
    case f32, bf16, i8, u8, i32, i64

    /// Bytes per element.
    package var size: Int {
        switch self {
        case .i8, .u8: 1
        case .bf16: 2
        case .f32, .i32: 4
        case .i64: 8
        }
    }
}
