/// The types of element a tensor can have.
package enum ElementType: String, Codable, Sendable, Hashable, CaseIterable {
    case f32, i32
    /// Bytes an element.
    package var size: Int { 4 }
}
