import Workloads

/// Simplified graph convolution (Wu et al., 2019): y = A^K x W + b with the normalised adjacency matrix A.
enum SGConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "sg_conv", "simplified graph convolution: normalised sums over neighbours, then linear",
                Schema.graphWidths + [.count("hops", default: 2, "sums, one after the other"), Schema.isWeighted])
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.sgConv(
                x, on: try net.normalised(graph), arguments.int("co"), hops: arguments.int("hops"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameter graph: normalised.
    func sgConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, hops: Int
    ) throws(ShapeError) -> FeatureMap {
        var y = x
        for _ in 0..<hops { y = try propagate(y, on: graph, times: graph.weights) }
        return try linear("lin", y, features)
    }
}
