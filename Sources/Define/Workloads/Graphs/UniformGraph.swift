import Tensors

/// Random graphs without structure: each end of every edge is any node with the same probability (Erdős and Rényi's
/// model with a given number of edges; loops and repeated edges are allowed).
package enum UniformGraph {
    /// The edges for a seed. Source and destination of edge e are draws 2e and 2e + 1 of the stream "uniform", each
    /// scaled to a node by floor(draw * nodes / 2^64), the high word of the product.
    package static func edges(nodes: Int, edges: Int, seed: UInt64) -> EdgeList {
        let draws = Draws("uniform", seed: seed)
        return EdgeList(nodes: nodes, edges: edges) { e in (node(draws[2 * e]), node(draws[2 * e + 1])) }

        func node(_ draw: UInt64) -> Int { Int(draw.multipliedFullWidth(by: UInt64(nodes)).high) }
    }
}
