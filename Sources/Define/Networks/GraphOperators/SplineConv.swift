import Kernels
import Tensors
import Workloads

/// Continuous kernels of B-splines (Fey et al., "SplineCNN", 2018): the mean of the neighbours' products with the weights that an edge's
/// coordinates select, weighed by products of B-splines, beside the node's own linear layer. Named as in PyTorch Geometric's
/// `SplineConv`.
enum SplineConv {
    /// The parameters of the splines: those of their kernel.
    private static let splines = SplineBasis.schema.parameters.filter { ["sizes", "degree", "open"].contains($0.key) }

    static let members = [
        Kind.graphOperator(
            .graphModel(
                "spline_conv", "neighbours' products with weights between which splines interpolate",
                Schema.graphWidths + splines, example: "nodes=34,edges=156,ci=5,co=4,sizes=4+3")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.needEdges(graph)
            let sizes = arguments.counts("sizes")
            let coordinates = try net.input(
                Operand("edge_attr", .input, [graph.edges, sizes.count], layout: "ED", values: .unit))
            return try net.splineConv(
                x, on: graph, arguments.int("co"), coordinates: coordinates, sizes: sizes,
                degree: arguments.int("degree"), open: arguments.word("open"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameters:
    ///   - coordinates: [edges, dimensions], from 0 to 1.
    ///   - open: for each dimension 1 if its splines are open, else 0, as in `1+0`; by default all are.
    func splineConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, coordinates: FeatureMap, sizes: [Int],
        degree: Int = 1,
        open: String? = nil
    ) throws(ShapeError) -> FeatureMap {
        let basis = try outputs(
            of: "basis", SplineBasis.kind,
            [
                ("edges", graph.edges), ("sizes", sizes.map(String.init).joined(separator: "+")), ("degree", degree),
                ("open", open ?? sizes.map { _ in "1" }.joined(separator: "+")),
            ], inputs: ["e": coordinates])
        let kernels = sizes.reduce(1, *)
        let weight = try parameter(
            "weight", [kernels, x.channels, features], layout: "KIO", values: .weight(fanIn: x.channels))
        let mean = try layer(
            "aggregate", SplineAggregate.kind,
            graph.parameters + [
                ("fi", x.channels), ("fo", features), ("kernels", kernels),
                ("active", basis[0].map.count / max(graph.edges, 1)),
            ],
            inputs: graph.inputs.merging(["u": x, "basis": basis[0].map, "index": basis[1].map]) { $1 },
            weights: ["weight": weight])
        return try bias(try add(mean, try linear("lin", x, features, bias: false)))
    }
}
