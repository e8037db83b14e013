import Kernels
import Tensors
import Workloads

/// Mixtures of Gaussians (Monti et al., "Geometric deep learning on graphs and manifolds using mixture model CNNs", 2017): the mean of the
/// neighbours' products with some weights, each weighed by a Gaussian of the edge's attributes, beside the node's own linear layer.
/// Named as in PyTorch Geometric's `GMMConv`.
enum GMMConv {
    static let members = [
        Kind.graphOperator(
            .graphModel(
                "gmm_conv", "neighbours' products with some weights, mixed by Gaussians of the edges' attributes",
                Schema.graphWidths + [
                    Schema.attributes(.required), .count("k", as: "kernels", "Gaussians"),
                    .flag("separate", "every input and output feature has Gaussians of its own").asExtra,
                ], example: "nodes=34,edges=156,ci=5,co=4,a=2,k=3")
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let attributes = try net.neededAttributes(arguments, on: graph)
            return try net.gmmConv(
                x, on: graph, arguments.int("co"), attributes: attributes, kernels: arguments.int("k"),
                isSeparate: arguments.flag("separate"))
        }
    ]
}

extension GraphBuilder {
    func gmmConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, attributes: FeatureMap, kernels: Int, isSeparate: Bool
    ) throws(ShapeError) -> FeatureMap {
        let (inputs, width) = (x.channels, attributes.channels)
        let columns = try product(features, kernels)
        let sets = isSeparate ? try product(inputs, columns) : kernels
        let extents = isSeparate ? [inputs, features, kernels, width] : [kernels, width]
        let layout = isSeparate ? "IOKD" : "KD"
        let given = [
            "mu": try parameter("mu", extents, layout: layout, values: .input),
            "sigma": try parameter("sigma", extents, layout: layout, values: .scale),
        ]
        let weight = try parameter("g", [inputs, columns], layout: "CO", values: .weight(fanIn: inputs))
        let gaussians = try layer(
            "gaussians", GaussianMixture.kind, [("edges", graph.edges), ("d", width), ("k", sets)],
            inputs: ["e": attributes], weights: given)
        let mean: FeatureMap
        if isSeparate {
            // A matrix per edge: [in, out], the sum over Gaussians of g times what they give.
            let matrices = try layer(
                "matrices", HeadScores.kind,
                [("rows", graph.edges), ("h", try product(inputs, features)), ("d", kernels)],
                inputs: ["x": gaussians], weights: ["weight": weight])
            let messages = try layer(
                "message", EdgeMatMul.kind, graph.parameters + [("fi", inputs), ("fo", features)],
                inputs: graph.inputs.merging(["u": x, "w": matrices]) { $1 })
            mean = try reduced(messages, on: graph, "mean")
        } else {
            let projected = try matmul("g", x, columns, weight: weight)
            mean = try layer(
                "aggregate", MixtureAggregate.kind,
                graph.parameters + [("f", features), ("k", kernels), ("reduce", "mean")],
                inputs: graph.inputs.merging(["u": projected, "c": gaussians]) { $1 })
        }
        let root = try linear("root", x, features, bias: false)
        return try bias(try add(mean, root))
    }
}
