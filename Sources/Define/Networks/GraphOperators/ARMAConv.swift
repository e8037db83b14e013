import Kernels
import Tensors
import Workloads

/// Graph convolution with auto-regressive moving average filters (Bianchi et al., 2019): the mean of some stacks, each of layers
/// x' = relu(A x W + x_0 V + b) with the adjacency matrix A normalised without self-loops. Named as in PyTorch Geometric's `ARMAConv`,
/// which has an unused weight if there is one layer.
enum ARMAConv {
    static let parameters: [Parameter] = [
        .count("stacks", default: 1, "stacks of layers, of which the mean is taken"),
        .count("num_layers", default: 1, "layers of a stack"),
        .flag("shared", "layers of a stack have the same weights"),
    ]

    static let members = [
        Kind.graphOperator(
            .graphModel(
                "arma_conv", "stacks of graph convolutions that see the first features again",
                Schema.graphWidths + parameters + [Schema.isWeighted])
        ) { (net, arguments, x, graph) throws(ShapeError) in
            try net.armaConv(
                x, on: try net.normalised(graph, addsLoops: false), arguments.int("co"),
                stacks: arguments.int("stacks"),
                depth: arguments.int("num_layers"), isShared: arguments.flag("shared"))
        }
    ]
}

extension GraphBuilder {
    /// - Parameter graph: normalised without self-loops.
    func armaConv(
        _ x: FeatureMap, on graph: MessageGraph, _ features: Int, stacks: Int, depth: Int, isShared: Bool
    ) throws(ShapeError) -> FeatureMap {
        let (inputs, sets) = (x.channels, isShared ? 1 : depth)
        let inner = try parameter(
            "weight", [isShared ? 1 : max(1, depth - 1), stacks, features, features], layout: "TKCO",
            values: .weight(fanIn: features))
        let initial = try parameter(
            "init_weight", [stacks, inputs, features], layout: "KCO", values: .weight(fanIn: inputs))
        let root = try parameter(
            "root_weight", [sets, stacks, inputs, features], layout: "TKCO", values: .weight(fanIn: inputs))
        let shift = try parameter("bias", [sets, stacks, 1, features], layout: "TK1O", values: .shift)
        var total: FeatureMap?
        for stack in 0..<stacks {
            var y = x
            for step in 0..<depth {
                let set = isShared ? 0 : step
                let weight =
                    step == 0
                    ? try initial.slice(from: stack * inputs * features, [inputs, features])
                    : try inner.slice(
                        from: ((isShared ? 0 : step - 1) * stacks + stack) * features * features, [features, features])
                let place = set * stacks + stack
                y = try propagate(
                    try matmul("weight", y, features, weight: weight), on: graph, times: graph.weights)
                let again = try matmul(
                    "root", x, features,
                    weight: try root.slice(from: place * inputs * features, [inputs, features]),
                    bias: try shift.slice(from: place * features, [features]))
                y = try relu(try add(y, again))
            }
            total = try total.map { (sum) throws(ShapeError) in try add(sum, y) } ?? y
        }
        guard stacks > 1, let total else { return total ?? x }
        return try scale(total, by: 1 / Double(stacks))
    }
}
