/// The extents of a tensor, outermost first. No shape holds more elements than can be counted in bytes.
package struct Shape: Hashable, Sendable {
    package let extents: [Int]
    /// Number of elements; 0 where an extent is 0 (a graph without edges).
    package let count: Int

    /// Fails where an extent is negative or the size in bytes does not fit.
    package init?(_ extents: [Int]) {
        var count = 1
        for extent in extents {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflow else { return nil }
            count = product
        }
        guard count <= Int.max / MemoryLayout<Double>.size else { return nil }
        self.extents = extents
        self.count = count
    }
}

extension Shape: CustomStringConvertible {
    package var description: String { extents.map(String.init).joined(separator: "x") }
}
