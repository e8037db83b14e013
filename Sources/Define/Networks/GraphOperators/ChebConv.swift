import Kernels
import Workloads

/// Chebyshev polynomials of the Laplacian (Defferrard et al., 2016): the sum of linear layers of Z_1 = x, Z_2 = L x,
/// Z_k = 2 L Z_(k-1) - Z_(k-2), see `Laplacian`. Named as in PyTorch Geometric's `ChebConv`.
enum ChebConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "cheb_conv", "Chebyshev polynomials of the Laplacian, each with a linear layer",
                Schema.graphWidths + [
                    .count("hops", default: 3, "polynomials"), Schema.isWeighted,
                    .choice("norm", as: "normalization", ["sym", "rw", "none"], "by which degrees weights are divided")
                        .asExtra,
                    Parameter(
                        "lambda", as: "lambda_max", .real(0...1e9), .value(.real(0)),
                        "the largest eigenvalue; 0 for twice the largest element"
                    ).asExtra,
                ])
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let hops = arguments.int("hops")
            let laplacian =
                hops == 1
                ? graph
                : try net.laplacian(graph, norm: arguments.word("norm"), lambda: arguments.real("lambda"))
            return try net.chebConv(x, on: laplacian, arguments.int("co"), hops: hops)
        }
    ]
}

extension GraphBuilder {
    /// The scaled Laplacian of a graph, the diagonal as self-loops.
    func laplacian(
        _ graph: MessageGraph, norm: String = "sym", lambda: Double = 0
    ) throws(ShapeError) -> MessageGraph {
        try needKnown(graph)
        let maps = try outputs(
            of: "laplacian", Laplacian.kind,
            graph.parameters + [("weighted", graph.weights != nil), ("norm", norm), ("lambda", lambda)],
            inputs: graph.inputs.merging(graph.weights.map { ["edge_weight": $0] } ?? [:]) { $1 })
        return graph.with(
            .single, edges: maps[2].map.count, pointers: maps[0].map, indices: maps[1].map, weights: maps[2].map)
    }

    /// - Parameter graph: the Laplacian; it is not read if there is one polynomial.
    func chebConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, hops: Int
    ) throws(ShapeError) -> FeatureMap {
        var (before, last) = (x, x)
        var y = try linear("lins.0", x, features, bias: false)
        for hop in 1..<max(hops, 1) {
            let sum = try propagate(last, on: graph, times: graph.weights)
            let next = hop == 1 ? sum : try add(sum, before, alpha: 2, beta: -1)
            (before, last) = (last, next)
            y = try add(y, try linear("lins.\(hop)", next, features, bias: false))
        }
        return try bias(y)
    }
}
