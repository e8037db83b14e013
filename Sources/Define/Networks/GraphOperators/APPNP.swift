import Workloads

/// Personalised propagation of predictions (Klicpera et al., "Predict then propagate", 2019): x' = (1 - alpha) A x + alpha x_0, some
/// times, with the normalised adjacency matrix A. It has no weights.
enum APPNP {
    static let parameters = [
        Parameter.count("hops", default: 10, "steps"),
        Parameter("alpha", .real(0...1), .value(.real(0.1)), "the share of the first features in every step"),
    ]

    static let members = [
        Kind.graphOperator(
            .graphModel(
                "appnp_conv", "normalised sums over neighbours that return to the first features",
                [.count("ci", as: "in", "features of a node")] + parameters + [Schema.isWeighted],
                example: "nodes=34,edges=156,ci=5")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.appnp(
                x, on: try net.normalised(graph), hops: arguments.int("hops"), alpha: arguments.real("alpha"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameter graph: normalised.
    func appnp(
        _ x: FeatureMap, on graph: MessageGraph, hops: Int, alpha: Double
    ) throws(ShapeError) -> FeatureMap {
        var y = x
        for _ in 0..<hops {
            y = try add(
                try propagate(y, on: graph, times: graph.weights), x, alpha: 1 - alpha, beta: alpha)
        }
        return y
    }
}
