import Tensors

/// Random graphs without structure: each end of every edge is any node with the same probability (Erdős and Rényi's
/// model with a given number of edges; loops and repeated edges are allowed).
package enum UniformGraph {
    /// The edges for a seed. Source and destination of edge e are draws 2e and 2e + 1 of the stream "uniform", each
    /// a node with the same probability: see `Draws.whole`.
    ///
    /// - Parameter sources: nodes that edges come from; by default the same nodes.
    package static func edges(nodes: Int, sources: Int? = nil, edges: Int, seed: UInt64) -> EdgeList {
        let draws = Draws("uniform", seed: seed)
        let columns = sources ?? nodes
        return EdgeList(rows: nodes, columns: columns, edges: edges) { e in
            (draws.whole(2 * e, below: columns), draws.whole(2 * e + 1, below: nodes))
        }
    }
}
