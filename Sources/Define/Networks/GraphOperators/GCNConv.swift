import Workloads

/// The graph convolution of Kipf and Welling ("Semi-supervised classification with graph convolutional networks", 2017): y = A x W + b
/// with the normalised adjacency matrix A, see `GCNNorm`. Named as in PyTorch Geometric's `GCNConv`.
enum GCNConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "gcn_conv", "graph convolution: linear, then the normalised sum over neighbours",
                Schema.graphWidths + [
                    Schema.isWeighted,
                    Parameter("add_loops", .flag, .value(.flag(true)), "gives every node one self-loop").asExtra,
                    .flag("improved", "new self-loops weigh 2 if edges have weights").asExtra,
                    Parameter("cached", .flag, .value(.flag(false)), "normalises once and not in every call").asExtra,
                ])
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let normalised = try net.normalised(
                graph, addsLoops: arguments.flag("add_loops"), isImproved: arguments.flag("improved"),
                isCached: arguments.flag("cached"))
            return try net.gcnConv(x, on: normalised, arguments.int("co"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameter graph: normalised.
    func gcnConv(_ x: FeatureMap, on graph: MessageGraph, _ features: Int) throws(ShapeError) -> FeatureMap {
        let projected = try linear("lin", x, features, bias: false)
        return try bias(try propagate(projected, on: graph, times: graph.weights))
    }
}
