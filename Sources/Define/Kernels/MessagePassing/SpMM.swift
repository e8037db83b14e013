import Workloads

/// Aggregation as a product of a sparse and a dense matrix: `GSpMM` whose messages are the sources' features, each times a weight of
/// its edge if there are weights.
package enum SpMM {
    package static let schema = Schema(
        "spmm", "aggregation over a graph: CSR x [nodes, features]",
        GraphSource.parameters + [
            .count("f", as: "features", "features of a node"),
            GSpMM.Reduction.parameter,
            .flag("weighted", "multiplies each message by the weight of its edge"),
            GraphSource.index, GraphSource.seed,
        ], example: "nodes=34,edges=156,f=16")

    package static let kind: Kind = Kind(schema) { (arguments) throws(ShapeError) in
        let isWeighted = arguments.flag("weighted")
        return try GSpMM(
            kind, arguments, message: isWeighted ? .multiply : .copyU, edgeFeatures: isWeighted ? 1 : 0, source: "x",
            edge: "values"
        ).withIndices
    }
}
