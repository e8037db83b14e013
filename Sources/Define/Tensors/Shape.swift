/// The extents of a tensor, outermost first. No shape has more elements than a process can address, so sums of the
/// bytes of many tensors do not overflow.
package struct Shape: Hashable, Sendable {
    package let extents: [Int]
    /// Number of elements; 0 if an extent is 0 (a graph without edges).
    package let count: Int

    /// As many elements of four bytes as a process can address on x86-64: 2^47 bytes.
    private static let largest = 1 << 45

    /// Fails if an extent is negative, or if there are more elements than can be addressed.
    package init?(_ extents: [Int]) {
        guard extents.allSatisfy({ $0 >= 0 }) else { return nil }
        var count = extents.contains(0) ? 0 : 1
        // An extent of 0 makes any shape empty, even among extents whose product would not fit.
        for extent in extents where count > 0 {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= Self.largest else { return nil }
            count = product
        }
        self.extents = extents
        self.count = count
    }
}

extension Shape {
    /// A shape of one dimension.
    package static func vector(_ count: Int) -> Shape { Shape(checked: [count], count: max(count, 0)) }

    private init(checked extents: [Int], count: Int) {
        self.extents = extents
        self.count = count
    }
}

extension Shape: CustomStringConvertible {
    package var description: String { extents.map(String.init).joined(separator: "x") }
}
