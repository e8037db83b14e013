import Tensors

extension GraphSource {
    /// The arguments, completed by the sizes that a file may have left open: a name must be complete.
    package func completing(_ arguments: Arguments) -> Arguments {
        var whole = arguments
        whole["nodes"] = .int(rows)
        whole["edges"] = .int(listedEdges)
        return whole
    }

    /// Makes the graph and fills the operands `pointers`, and `indices` if there is one.
    @discardableResult
    package func fill(_ tensors: Operands) throws -> CSR {
        let made = try build()
        tensors["pointers"].ints.update(from: made.pointers, count: made.pointers.count)
        tensors.optional("indices")?.ints.update(from: made.indices, count: made.indices.count)
        return made
    }
}
