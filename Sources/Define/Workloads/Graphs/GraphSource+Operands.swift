import Settings
import Tensors

extension GraphSource {
    /// The arguments, completed by the sizes that a file may have left open: a name must be complete.
    package func completing(_ arguments: Arguments) -> Arguments {
        var whole = arguments
        whole["nodes"] = .int(rows)
        whole["edges"] = .int(listedEdges)
        return whole
    }

    /// The operands that hold the graph, by destination: `pointers` [rows + 1], and `indices` [edges], the sources.
    package var operands: [Operand] {
        get throws(ShapeError) {
            [try .indices("pointers", rows + 1, layout: "N"), try .indices("indices", edges, layout: "E")]
        }
    }

    /// Bytes of `f32` that nobody reads, because they belong to nodes that no edge comes from, or that none leads to.
    ///
    /// - Parameters:
    ///   - source: elements of each source.
    ///   - destination: elements of each destination.
    package func unreadBytes(source: Int = 0, destination: Int = 0) -> Int {
        guard source + destination > 0 else { return 0 }
        let touched = touched
        let elements = (columns - touched.sources) * source + (rows - touched.destinations) * destination
        return elements * ElementType.f32.size
    }

    /// Makes the graph and fills the operands `pointers`, and `indices` if there is one.
    ///
    /// - Parameter weights: the operand that gets the edges' own weights, if there is one and they have some.
    @discardableResult
    package func fill(_ tensors: Operands, weights: String? = nil) throws -> CSR {
        let made = try build()
        if let own = made.weights, let target = weights.flatMap(tensors.optional) {
            target.floats.update(from: own, count: own.count)
        }
        tensors["pointers"].ints.update(from: made.pointers, count: made.pointers.count)
        tensors.optional("indices")?.ints.update(from: made.indices, count: made.indices.count)
        return made
    }
}
