import Kernels
import Networks
import Workloads

/// The layers of graph networks: each is a model of its own, whose weights have the names of the case.
extension ReferenceOperator {
    static let layers = [
        layer("agnn", "agnn_conv", co: false),
        layer("appnp", "appnp_conv", co: false) { ["hops": $0.numeral("K"), "alpha": $0.numeral("alpha")] },
        layer("arma", "arma_conv") {
            [
                "stacks": $0.numeral("num_stacks"), "num_layers": $0.numeral("num_layers"),
                "shared": $0.flag("shared_weights"),
            ]
        },
        layer("cheb", "cheb_conv") {
            [
                "hops": $0.numeral("K"), "lambda": $0.numeral("lambda_max"),
                "norm": $0.options["normalization"] == .null ? "none" : $0.word("normalization"),
            ]
        },
        layer("dynamic_edge_conv", "dynamic_edge_conv", co: false) {
            ["points": $0.list("clouds"), "k": $0.numeral("k"), "widths": $0.widths("nn")]
        },
        layer("edge_conv", "edge_conv", co: false) { ["widths": $0.widths("nn"), "aggr": $0.word("aggr")] },
        layer("gat", "gat_conv") { attention($0).merging(["residual": $0.flag("residual")]) { $1 } },
        layer("gated_graph", "gated_graph_conv") { ["steps": $0.numeral("num_layers")] },
        layer("gatv2", "gatv2_conv") { attention($0).merging(["share_weights": $0.flag("share_weights")]) { $1 } },
        layer("gcn", "gcn_conv") { ["improved": $0.flag("improved"), "add_loops": $0.flag("add_self_loops")] },
        layer("gin", "gin_conv", mlp),
        layer("gine", "gine_conv") { mlp($0).merging(attributes($0)) { $1 } },
        layer("gmm", "gmm_conv") {
            attributes($0).merging(["k": $0.numeral("kernel_size"), "separate": $0.flag("separate_gaussians")]) { $1 }
        },
        layer("graph_conv", "graph_conv") { ["aggr": $0.reduction("aggr")] },
        layer("mpnn", "mpnn_set2set", co: false) {
            attributes($0).merging([
                "co": $0.rows("lin0.weight"), "hidden": $0.rows("conv.nn.0.weight"), "steps": $0.numeral("steps"),
                "reads": $0.numeral("set2set_steps"), "molecules": $0.numeral("graphs"), "aggr": $0.reduction("aggr"),
            ]) { $1 }
        },
        layer("nnconv", "nn_conv") {
            attributes($0).merging(["hidden": $0.rows("nn.0.weight"), "aggr": $0.reduction("aggr")]) { $1 }
        },
        layer("pointnet", "pointnet_conv", ci: false, co: false) {
            [
                "features": $0.width("x") ?? "0", "d": $0.width("pos"), "local": $0.widths("local_nn"),
                "global": $0.widths("global_nn"),
            ]
        },
        layer("rgcn", "rgcn_conv", ci: false) {
            [
                "features": $0.width("x") ?? "0", "relations": $0.numeral("num_relations"), "bases": $0.width("comp"),
                "num_blocks": $0.numeral("num_blocks"), "aggr": $0.reduction("aggr"),
            ]
        },
        layer("sage", "sage_conv") {
            ["aggregator": $0.reduction("aggr"), "project": $0.flag("project"), "normalize": $0.flag("normalize")]
        },
        layer("set_abstraction", "set_abstraction", co: false) {
            [
                "points": $0.list("clouds"), "d": $0.width("pos"), "ratio": $0.numeral("ratio"), "r": $0.numeral("r"),
                "most": $0.counts("clouds")?.max().map { "\($0)" }, "widths": $0.widths("local_nn"),
            ]
        },
        layer("sgc", "sg_conv") { ["hops": $0.numeral("K")] },
        layer("spline", "spline_conv") {
            ["sizes": $0.list("kernel_size"), "degree": $0.numeral("degree"), "open": $0.list("is_open_spline")]
        },
        layer("transformer", "transformer_conv") { attention($0).merging(["beta": $0.flag("beta")]) { $1 } },
        layer("xconv", "x_conv", ci: false, co: false) {
            [
                "points": $0.list("clouds"), "d": $0.width("pos"), "features": $0.width("x") ?? "0",
                "co": $0.outputs.first?.shape.last.map { "\($0)" }, "k": $0.numeral("kernel_size"),
                "hidden": $0.rows("mlp1.0.weight"), "dilation": $0.numeral("dilation"), "training": $0.flag("training"),
            ]
        },
        pool("attention_pool") { ["hidden": $0.rows("gate_nn.0.weight")] },
        pool("global_pool") { ["reduce": $0.word("reduce")] },
        pool("set2set") { ["steps": $0.numeral("steps")] },
    ]

    /// An operator on a graph whose features before and afterwards follow from the tensors.
    ///
    /// - Parameters:
    ///   - ci: whether the model takes the features before as `in`.
    ///   - co: whether the model takes the features afterwards.
    ///   - arguments: the model's own arguments; nil leaves the default.
    private static func layer(
        _ name: String, _ model: String, ci: Bool = true, co: Bool = true,
        _ arguments: @escaping @Sendable (ReferenceCase) -> [String: String?] = { _ in [:] }
    ) -> ReferenceOperator {
        operation(name, model) { known in
            var all = arguments(known)
            if ci { all["ci"] = known.width("x") }
            if co {
                let heads = Int(known.numeral("heads") ?? "") ?? 1
                let isMean = known.flag("concat") == "false"
                all["co"] = known.outputs.first.flatMap { $0.shape.last }.map { "\(isMean ? $0 : $0 / max(heads, 1))" }
            }
            if known.given("edge_weight") != nil { all["weighted"] = "true" }
            return all
        }
    }

    /// Pooling over the graphs of a batch.
    private static func pool(
        _ name: String, _ arguments: @escaping @Sendable (ReferenceCase) -> [String: String?]
    ) -> ReferenceOperator {
        operation(name, name) { known in
            let nodes = known.rows("x")
            return arguments(known).merging(["graphs": known.numeral("graphs"), "nodes": nodes, "ci": known.width("x")])
            {
                $1
            }
        }
    }

    /// An operator that is a kernel or model of some name.
    static func operation(
        _ name: String, _ kind: String, _ arguments: @escaping @Sendable (ReferenceCase) -> [String: String?]
    ) -> ReferenceOperator {
        ReferenceOperator(name: name) { known in
            guard let found = try? Catalog.all.find(kind).kind else { return nil }
            return Question(kind: found, arguments: given(arguments(known).compactMapValues { $0 }))
        }
    }

    private static func mlp(_ known: ReferenceCase) -> [String: String?] {
        let widths = known.layers("nn")
        return ["mlp_layers": "\(widths.count)", "hidden": widths.first.map { "\($0)" }]
    }

    private static func attention(_ known: ReferenceCase) -> [String: String?] {
        attributes(known).merging([
            "heads": known.numeral("heads"), "concat": known.flag("concat"), "add_loops": known.flag("add_self_loops"),
        ]) { $1 }
    }

    private static func attributes(_ known: ReferenceCase) -> [String: String?] { ["a": known.width("edge_attr")] }
}

extension ReferenceCase {
    /// An option that is a number, as text; nil if it is missing or null.
    func numeral(_ option: String) -> String? {
        guard case .number(let number) = options[option] else { return nil }
        return Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    /// An option that is true or false, as text.
    func flag(_ option: String) -> String? {
        switch options[option] {
        case .flag(let flag): "\(flag)"
        case .number(let number): "\(number != 0)"
        default: nil
        }
    }

    /// An option that is a list of whole numbers, or of true and false, as an argument: `4+3`.
    func list(_ option: String) -> String? {
        guard case .list(let items) = options[option] else { return nil }
        return items.map { item in
            switch item {
            case .number(let number): Int(exactly: number).map { "\($0)" } ?? "\(number)"
            case .flag(let flag): flag ? "1" : "0"
            default: ""
            }
        }.joined(separator: "+")
    }

    /// A reduction: PyTorch Geometric also calls a sum `add`.
    func reduction(_ option: String) -> String? { word(option).map { $0 == "add" ? "sum" : $0 } }

    /// The last extent of a tensor; nil if there is none of this name.
    func width(_ tensor: String) -> String? { given(tensor)?.shape.last.map { "\($0)" } }

    /// The first extent of a tensor.
    func rows(_ tensor: String) -> String? { given(tensor)?.shape.first.map { "\($0)" } }

    /// The features behind each linear layer of an MLP, numbered 0, 2, 4 ...
    func layers(_ name: String) -> [Int] {
        sequence(first: 0) { $0 + 2 }.lazy.map { given("\(name).\($0).weight")?.shape.first }.prefix { $0 != nil }
            .compactMap { $0 }
    }

    /// The same as an argument.
    func widths(_ name: String) -> String? { layers(name).map { "\($0)" }.joined(separator: "+") }
}
