import Kernels
import Tensors
import Workloads

/// Graph isomorphism networks (Xu et al., "How powerful are graph neural networks?", 2019): an MLP of (1 + eps) x_i + the sum of the
/// neighbours' rows. GINE (Hu et al., 2020) sends relu(x_j + W e), with the attributes e of the edge. Named as in PyTorch Geometric.
enum GINConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "gin_conv", "graph isomorphism network: an MLP of the node and the sum of its neighbours",
                Schema.graphWidths + [
                    Parameter(
                        "hidden", .int(1...Int(Int32.max)), .derived("out") { .int($0.int("co")) }, "features inside"),
                    .count("mlp_layers", default: 2, "linear layers of the MLP"),
                ])
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.ginConv(x, on: graph, widths(arguments))
        },
        Kind.graphOperator(
            .graphModel(
                "gine_conv", "graph isomorphism network with attributes of edges",
                Schema.graphWidths + [
                    Parameter(
                        "hidden", .int(1...Int(Int32.max)), .derived("out") { .int($0.int("co")) }, "features inside"),
                    .count("mlp_layers", default: 2, "linear layers of the MLP"),
                    Schema.attributes(.required),
                ], example: "nodes=34,edges=156,ci=5,co=4,a=3")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let attributes = try net.neededAttributes(arguments, on: graph)
            return try net.ginConv(x, on: graph, widths(arguments), attributes: attributes)
        },
    ]

    private static func widths(_ arguments: Arguments) -> [Int] {
        Array(repeating: arguments.int("hidden"), count: arguments.int("mlp_layers") - 1) + [arguments.int("co")]
    }
}

extension GraphBuilder {
    /// - Parameter widths: of the MLP.
    func ginConv(
        _ x: FeatureMap, on graph: MessageGraph, _ widths: [Int], attributes: FeatureMap? = nil
    ) throws(ShapeError) -> FeatureMap {
        let sum: FeatureMap
        if let attributes {
            let own = try linear("lin", attributes, x.channels)
            let sent = try relu(try messages(x, on: graph, "u_add_e", own, numbers: x.channels))
            sum = try reduced(sent, on: graph)
        } else {
            sum = try propagate(x, on: graph)
        }
        let epsilon = try parameter("eps", [1], layout: "1", values: .shift)
        let both = try layer(
            "update", Add.kind, [("elements", x.count), ("eps", true)], inputs: ["a": sum, "b": x],
            weights: ["eps": epsilon]
        ).reshaped(x.extents)
        return try mlp("nn", both, widths)
    }
}
