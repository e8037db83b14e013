import Kernels
import Tensors
import Workloads

/// Gated graph networks (Li et al., "Gated graph sequence neural networks", 2016): some steps of a GRU whose input is the sum of the
/// neighbours' products with the step's weight. Narrow features are padded with zeros. Named as in PyTorch Geometric's `GatedGraphConv`.
enum GatedGraphConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "gated_graph_conv", "steps of a GRU over sums of neighbours",
                Schema.graphWidths + [.count("steps", default: 3, "steps, each with a weight of its own")],
                example: "nodes=34,edges=156,ci=5,co=7")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.gatedGraphConv(x, on: graph, arguments.int("co"), steps: arguments.int("steps"))
        }
    ]
}

extension GraphBuilder {
    func gatedGraphConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, steps: Int
    ) throws(ShapeError) -> FeatureMap {
        guard x.channels <= features else {
            throw ShapeError(
                "\(x.channels) features of a node are more than the \(features) of its state", parameter: "in",
                remedy: "take at most \(features)")
        }
        var h = x
        if x.channels < features {
            let padding = try zeros("padding", [graph.rows, features - x.channels], layout: "NC")
            h = try rowConcat("pad", [x, padding])
        }
        let weight = try parameter(
            "weight", [steps, features, features], layout: "TIO", values: .weight(fanIn: features))
        for step in 0..<steps {
            let own = try weight.slice(from: step * features * features, [features, features])
            let sum = try propagate(try matmul("weight", h, features, weight: own), on: graph)
            h = try gru("rnn", sum, h)
        }
        return h
    }

    /// Zeros as an input that no draw fills.
    func zeros(_ name: String, _ extents: [Int], layout: String) throws(ShapeError) -> FeatureMap {
        input(try Operand(name, .input, extents, layout: layout, values: .made))
    }
}
