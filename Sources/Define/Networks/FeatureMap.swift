import Settings

/// What one layer passes to others, identified by its number, with its extents: images are
/// [n, height, width, channels], tokens [n, tokens, channels].
package struct FeatureMap: Sendable, Hashable {
    /// Its index among the feature maps of a graph.
    let number: Int
    package let extents: [Int]
    package let element: ElementType

    package var batch: Int { extents[0] }
    package var height: Int { extents[1] }
    package var width: Int { extents[2] }
    package var channels: Int { extents[extents.count - 1] }
    package var count: Int { extents.reduce(1, *) }

    /// The same elements in the same order, with other extents.
    package func reshaped(_ extents: [Int]) -> FeatureMap {
        let other = FeatureMap(number: number, extents: extents, element: element)
        precondition(other.count == count, "\(self.extents) has not as many elements as \(extents)")
        return other
    }
}
