import Kernels
import Tensors
import Workloads

/// Layers on the rows of nodes, of which graph operators consist. Weights are named as in PyTorch Geometric.
extension GraphBuilder {
    /// y = x w + b with a weight of the module that is being built, [in, out] unless `isTransposed`.
    func matmul(
        _ name: String, _ x: FeatureMap, _ features: Int, weight: Weight, bias: Weight? = nil,
        isTransposed: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        try layer(
            name, MatMul.kind,
            [
                ("m", x.count / x.channels), ("k", x.channels), ("n", features), ("bias", bias != nil),
                ("transposed", isTransposed),
            ], inputs: ["x": x], weights: ["weight": weight].merging(bias.map { ["bias": $0] } ?? [:]) { $1 })
    }

    /// Linear layers with a relu between them; numbered as in a `Sequential`.
    ///
    /// - Parameters:
    ///   - widths: the features behind each layer.
    ///   - last: whether a relu also follows the last.
    func mlp(
        _ name: String, _ x: FeatureMap, _ widths: [Int], last: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        var y = x
        for (number, width) in widths.enumerated() {
            y = try linear("\(name).\(2 * number)", y, width)
            if last || number < widths.count - 1 { y = try relu(y) }
        }
        return y
    }

    /// Adds `bias`, a weight of the module that is being built, to every row.
    func bias(_ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        let own = try parameter("bias", [x.channels], layout: "C", values: .shift)
        return try layer(
            "bias", BiasAdd.kind, [("rows", x.count / x.channels), ("f", x.channels)], inputs: ["x": x],
            weights: ["bias": own])
    }

    /// A constant times x.
    func scale(_ x: FeatureMap, by factor: Double) throws(ShapeError) -> FeatureMap {
        try layer("scale", Scale.kind, [("elements", x.count), ("factor", factor)], inputs: ["x": x])
            .reshaped(x.extents)
    }

    /// The sum over each head's features times a weight: [rows, heads].
    func headScores(
        _ name: String, _ x: FeatureMap, heads: Int, weight: String
    ) throws(ShapeError) -> FeatureMap {
        let width = x.channels / heads
        let weight = try parameter(weight, [1, heads, width], layout: "1HC", values: .weight(fanIn: width))
        return try layer(
            name, HeadScores.kind, [("rows", x.count / x.channels), ("h", heads), ("d", width)], inputs: ["x": x],
            weights: ["weight": weight])
    }

    /// The mean over heads: [rows, features of a head].
    func headMean(_ x: FeatureMap, heads: Int) throws(ShapeError) -> FeatureMap {
        try layer(
            "heads", HeadMean.kind, [("rows", x.count / x.channels), ("h", heads), ("d", x.channels / heads)],
            inputs: ["x": x])
    }

    /// Normalisation of every feature over the rows: by statistics from training, or by those of the rows themselves.
    func rowNorm(_ name: String, _ x: FeatureMap, ofBatch: Bool = false) throws(ShapeError) -> FeatureMap {
        guard ofBatch else {
            return try batchNorm(name, x.reshaped([1, 1, x.count / x.channels, x.channels])).reshaped(x.extents)
        }
        return try layer(
            name, BatchNorm.kind,
            [("c", x.channels), ("h", 1), ("w", x.count / x.channels), ("statistics", "batch")], inputs: ["x": x]
        ).reshaped(x.extents)
    }

    /// Each row divided by its length.
    func unitRows(_ x: FeatureMap) throws(ShapeError) -> FeatureMap {
        try layer("normalize", L2Norm.kind, [("rows", x.count / x.channels), ("f", x.channels)], inputs: ["x": x])
    }

    /// The features of all maps side by side, row by row.
    func rowConcat(_ name: String, _ maps: [FeatureMap]) throws(ShapeError) -> FeatureMap {
        let rows = maps[0].count / maps[0].channels
        return try concat(name, maps.map { $0.reshaped([1, 1, rows, $0.channels]) }).reshapedToRows(rows)
    }

    /// A step of a GRU: PyTorch's gates r, z, n. `suffix` ends the names of its weights.
    func gru(_ name: String, _ x: FeatureMap, _ h: FeatureMap, suffix: String = "") throws(ShapeError) -> FeatureMap {
        try gates(name, GRUGates.kind, 3, x, h, inputs: ["h": h], suffix: suffix)[0].map
    }

    /// A step of an LSTM: PyTorch's gates i, f, g, o. Returns the new hidden state and the new cell.
    func lstm(
        _ name: String, _ x: FeatureMap, _ h: FeatureMap, cell: FeatureMap, suffix: String = ""
    ) throws(ShapeError) -> (h: FeatureMap, cell: FeatureMap) {
        let maps = try gates(name, LSTMGates.kind, 4, x, h, inputs: ["c": cell], suffix: suffix)
        return (maps[0].map, maps[1].map)
    }

    /// The products with inputs and hidden state, and the gates that join them.
    private func gates(
        _ name: String, _ kernel: Kind, _ count: Int, _ x: FeatureMap, _ h: FeatureMap,
        inputs: [String: FeatureMap], suffix: String
    ) throws(ShapeError) -> [(operand: String, map: FeatureMap)] {
        try scope(name) { () throws(ShapeError) in
            let (rows, features) = (h.count / h.channels, h.channels)
            func project(_ map: FeatureMap, _ end: String) throws(ShapeError) -> FeatureMap {
                let width = try product(count, features)
                let weight = try parameter(
                    "weight_\(end)\(suffix)", [width, map.channels], layout: "NK", values: .weight(fanIn: map.channels))
                let bias = try parameter("bias_\(end)\(suffix)", [width], layout: "C", values: .shift)
                return try matmul(end, map, width, weight: weight, bias: bias, isTransposed: true)
            }
            return try outputs(
                of: "gates", kernel, [("rows", rows), ("f", features)],
                inputs: inputs.merging(["x": try project(x, "ih"), "g": try project(h, "hh")]) { $1 })
        }
    }
}

extension FeatureMap {
    /// As rows of features.
    func reshapedToRows(_ rows: Int) -> FeatureMap { reshaped([rows, count / max(rows, 1)]) }
}
