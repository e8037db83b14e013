import Kernels
import Tensors
import Workloads

/// Relational graph convolution (Schlichtkrull et al., "Modeling relational data with graph convolutional networks", 2018): the sum over
/// relations of the mean or sum of the neighbours' products with the relation's weight, beside the node's own product. The weights may
/// be combinations of bases, or block-diagonal. Without features a node sends a row of the weight. Named as in PyTorch Geometric's
/// `RGCNConv`.
enum RGCNConv {
    /// The parameters of relations.
    static let parameters: [Parameter] = [
        Parameter(
            "relations", .int(1...Int(Int32.max)),
            .derived("what the data set has, or 1") { arguments in
                .int(NamedGraph.named(arguments.word("graph"))?.relations ?? 1)
            }, "kinds of edges"),
        Parameter(
            "bases", .int(0...Int(Int32.max)), .value(.int(0)),
            "weights that all relations are combinations of; 0 for none"),
        Parameter(
            "num_blocks", .int(0...Int(Int32.max)), .value(.int(0)),
            "blocks on the diagonal of a weight; 0 for a whole one"
        ).asExtra,
        Schema.aggregation("mean").asExtra,
    ]

    static let members = [
        Kind.graphModel(
            .graphModel(
                "rgcn_conv", "relational graph convolution: a weight per kind of edge",
                [
                    Parameter(
                        "features", .int(0...Int(Int32.max)), .required,
                        "features of a node; 0 if nodes have none, and each its own row of the weights"),
                    .count("co", as: "out", "features of a node afterwards"),
                ] + parameters, example: "nodes=34,edges=156,features=5,co=4,relations=4,bases=2")
        ) { (net, arguments) throws(ShapeError) in
            let graph = try net.squareGraph(arguments)
            let types = try net.edgeTypes(arguments, on: graph)
            let inputs = arguments.int("features")
            let x = inputs > 0 ? try net.input("x", [graph.rows, inputs], layout: "NC") : nil
            try net.output(
                "y", try net.rgcnConv(x, on: graph, types: types, arguments.int("co"), arguments), layout: "NC")
        }
    ]
}

extension GraphBuilder {
    /// The kind of every edge as an input of the model: any of the relations with the same probability.
    func edgeTypes(_ arguments: Arguments, on graph: MessageGraph) throws(ShapeError) -> FeatureMap {
        let relations = arguments.int("relations")
        return inputs([try .indices("edge_type", graph.edges, layout: "E")]) { tensors, seed in
            let (types, draws) = (tensors["edge_type"], Draws("edge_type", seed: seed))
            for edge in 0..<types.count {
                types.ints[edge] = Int32(truncatingIfNeeded: draws.whole(edge, below: relations))
            }
        }[0]
    }

    /// - Parameters:
    ///   - x: nil if nodes have no features.
    ///   - arguments: those of `RGCNConv.parameters`.
    func rgcnConv(
        _ x: FeatureMap?, on graph: MessageGraph, types: FeatureMap, _ features: Int, _ arguments: Arguments
    ) throws(ShapeError) -> FeatureMap {
        let (relations, bases, blocks) = (
            arguments.int("relations"), arguments.int("bases"), arguments.int("num_blocks")
        )
        let inputs = x?.channels ?? graph.columns
        guard arguments.word("aggr") != "max" else {
            throw ShapeError(
                "the neighbours of a relation have a mean or a sum", parameter: "aggr", remedy: "write mean or sum")
        }
        guard blocks == 0 || bases == 0 else {
            throw ShapeError(
                "weights are combinations of \(bases) bases, and so have no blocks", parameter: "num_blocks",
                remedy: "write bases=0, or leave num_blocks out")
        }
        guard blocks == 0 || inputs.isMultiple(of: blocks) && features.isMultiple(of: blocks) else {
            throw ShapeError(
                "\(blocks) blocks do not divide \(inputs) and \(features) features", parameter: "num_blocks",
                remedy: "write a divisor of both")
        }
        let extents =
            blocks > 0
            ? [relations, blocks, inputs / blocks, features / blocks]
            : [bases > 0 ? bases : relations, inputs, features]
        var weights = [
            "weight": try parameter(
                "weight", extents, layout: blocks > 0 ? "RBIO" : bases > 0 ? "BIO" : "RIO",
                values: .weight(fanIn: extents[extents.count - 2]))
        ]
        if bases > 0 {
            weights["comp"] = try parameter("comp", [relations, bases], layout: "RB", values: .weight(fanIn: bases))
        }
        let sum = try layer(
            "aggregate", RGCNAggregate.kind,
            graph.parameters + [
                ("fi", inputs), ("fo", features), ("relations", relations), ("bases", bases), ("blocks", blocks),
                ("reduce", arguments.word("aggr")), ("featureless", x == nil),
            ],
            inputs: graph.inputs.merging(["edge_type": types]) { $1 }.merging(x.map { ["x": $0] } ?? [:]) { $1 },
            weights: weights)
        let root = try parameter("root", [inputs, features], layout: "IO", values: .weight(fanIn: inputs))
        guard let x else {
            let elements = try product(graph.rows, features)
            let own = try layer(
                "root", BiasAdd.kind, [("rows", 1), ("f", elements)], inputs: ["x": sum], weights: ["bias": root])
            return try bias(own.reshaped([graph.rows, features]))
        }
        return try bias(try add(sum, try matmul("root", x, features, weight: root)))
    }
}
