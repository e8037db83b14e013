import Tensors

/// Random graphs without structure: each end of every edge is any node with the same probability (Erdős and Rényi's
/// model with a given number of edges; loops and repeated edges are allowed).
package enum UniformGraph {
    /// The edges for a seed. Source and destination of edge e are draws 2e and 2e + 1 of the stream "uniform", each
    /// scaled to a node by floor(draw * nodes / 2^64), the high word of the product.
    ///
    /// - Parameter sources: nodes that edges come from; by default the same nodes.
    package static func edges(nodes: Int, sources: Int? = nil, edges: Int, seed: UInt64) -> EdgeList {
        let draws = Draws("uniform", seed: seed)
        let columns = sources ?? nodes
        return EdgeList(rows: nodes, columns: columns, edges: edges) { e in
            (node(draws[2 * e], of: columns), node(draws[2 * e + 1], of: nodes))
        }
    }

    /// Any of some nodes for each number, from the stream "uniform".
    static func nodes(_ count: Int, seed: UInt64) -> (Int) -> Int {
        let draws = Draws("uniform", seed: seed)
        return { node(draws[$0], of: count) }
    }

    private static func node(_ draw: UInt64, of count: Int) -> Int {
        Int(draw.multipliedFullWidth(by: UInt64(count)).high)
    }
}
