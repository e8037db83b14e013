import Tensors

/// Random graphs with hubs and communities, like social and citation graphs.
///
/// Recursive matrix (Chakrabarti, Zhan and Faloutsos, "R-MAT: a recursive model for graph mining", 2004): an edge picks
/// a quadrant of the matrix at each of ceil(log2 nodes) levels. A relabelling then scatters the hubs over the rows.
package enum RMAT {
    /// The edges for a seed. Draw `e * levels + level` of the stream "rmat" is the choice of edge e at that level.
    package static func edges(nodes: Int, edges: Int, seed: UInt64) -> EdgeList {
        let levels = Self.levels(nodes)
        let multiplier = Self.multiplier(for: nodes)
        let draws = Draws("rmat", seed: seed)
        return EdgeList(nodes: nodes, edges: edges) { e in
            var (source, destination) = (0, 0)
            for level in 0..<levels {
                // In Double, because .57 is a different number in Float.
                let u = Double(draws.unit(e * levels + level))
                // Quadrants with probability .57 .19 .19 .05: the source's bit, then the destination's.
                source = source << 1 | (u >= 0.76 ? 1 : 0)
                destination = destination << 1 | ((u >= 0.57 && u < 0.76) || u >= 0.95 ? 1 : 0)
            }
            return (relabel(source), relabel(destination))
        }

        func relabel(_ node: Int) -> Int { (node % nodes * multiplier + 12345) % nodes }
    }

    /// ceil(log2 nodes), and 1 for a single node.
    static func levels(_ nodes: Int) -> Int { max(1, Int.bitWidth - (nodes - 1).leadingZeroBitCount) }

    /// The least number from the golden section of `nodes` on that has no common divisor with it: multiplying by it
    /// permutes the nodes.
    private static func multiplier(for nodes: Int) -> Int {
        var candidate = max(1, Int(0.6180339887 * Double(nodes)))
        while greatestCommonDivisor(candidate, nodes) != 1 { candidate += 1 }
        return candidate
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }
}
