import Kernels
import Tensors
import Workloads

/// Networks that classify the nodes of a graph, with the hyper-parameters of their papers, as in the benchmarks of PyTorch Geometric
/// (Fey and Lenssen, "Fast graph representation learning with PyTorch Geometric", 2019). Dropout does nothing at inference.
enum NodeClassifiers {
    static let members = [
        member(
            "gcn", "two graph convolutions (Kipf and Welling, 2017)", depth(2, hidden: 16) + [cached(true)]
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let normalised = try net.normalised(graph, isCached: arguments.flag("cached"))
            return try net.stack(x, arguments) { (x, width) throws(ShapeError) in
                try net.gcnConv(x, on: normalised, width)
            }
        },
        member("sage", "three layers of GraphSAGE (Hamilton et al., 2017)", depth(3, hidden: 256)) {
            (net, arguments, x, graph) throws(ShapeError) in
            try net.stack(x, arguments) { (x, width) throws(ShapeError) in try net.sageConv(x, on: graph, width) }
        },
        member(
            "gat", "two layers of graph attention (Velickovic et al., 2018)",
            [
                .count("hidden", default: 8, "features of a head"), .count("heads", default: 8, "heads"),
                .count("out_heads", default: 1, "heads of the last layer, of which the mean is taken"), cached(false),
            ]
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let looped = try net.cached(arguments.flag("cached")) { () throws(ShapeError) in try net.looped(graph).graph
            }
            var y = try net.scope("conv1") { () throws(ShapeError) in
                try net.gatConv(
                    try net.dropout("dropout", x), on: looped, arguments.int("hidden"), heads: arguments.int("heads"))
            }
            y = try net.dropout("dropout", try net.activation("elu", y))
            let heads = arguments.int("out_heads")
            return try net.scope("conv2") { () throws(ShapeError) in
                try net.gatConv(y, on: looped, arguments.int("classes"), heads: heads, concatenates: heads == 1)
            }
        },
        member(
            "cheb", "two layers of Chebyshev polynomials (Defferrard et al., 2016)",
            depth(2, hidden: 16) + [.count("hops", default: 3, "polynomials")]
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let (laplacian, hops) = (try net.laplacian(graph), arguments.int("hops"))
            return try net.stack(x, arguments) { (x, width) throws(ShapeError) in
                try net.chebConv(x, on: laplacian, width, hops: hops)
            }
        },
        member(
            "sgc", "simplified graph convolution (Wu et al., 2019)",
            [.count("hops", default: 2, "sums"), cached(false)]
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let normalised = try net.normalised(graph, isCached: arguments.flag("cached"))
            return try net.scope("conv1") { () throws(ShapeError) in
                try net.sgConv(x, on: normalised, arguments.int("classes"), hops: arguments.int("hops"))
            }
        },
        member(
            "appnp", "two linear layers, then personalised propagation (Klicpera et al., 2019)",
            [.count("hidden", default: 64, "features inside")] + APPNP.parameters + [cached(false)]
        ) { (net, arguments, x, graph) throws(ShapeError) in
            var y = try net.relu(try net.linear("lin1", try net.dropout("dropout", x), arguments.int("hidden")))
            y = try net.linear("lin2", try net.dropout("dropout", y), arguments.int("classes"))
            let normalised = try net.normalised(graph, isCached: arguments.flag("cached"))
            return try net.appnp(y, on: normalised, hops: arguments.int("hops"), alpha: arguments.real("alpha"))
        },
        member(
            "arma", "two layers of auto-regressive filters (Bianchi et al., 2019)",
            [
                .count("hidden", default: 16, "features inside"),
                .count("stacks", default: 2, "stacks of layers, of which the mean is taken"),
                .count("num_layers", default: 1, "layers of a stack"),
                Parameter("shared", .flag, .value(.flag(true)), "layers of a stack have the same weights"),
            ]
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let normalised = try net.normalised(graph, addsLoops: false)
            func conv(_ name: String, _ x: FeatureMap, _ width: Int) throws(ShapeError) -> FeatureMap {
                try net.scope(name) { () throws(ShapeError) in
                    try net.armaConv(
                        try net.dropout("dropout", x), on: normalised, width, stacks: arguments.int("stacks"),
                        depth: arguments.int("num_layers"), isShared: arguments.flag("shared"))
                }
            }
            return try conv("conv2", try conv("conv1", x, arguments.int("hidden")), arguments.int("classes"))
        },
        member(
            "agnn", "attention by cosines between two linear layers (Thekumparampil et al., 2018)",
            [
                .count("hidden", default: 16, "features inside"),
                .count("num_layers", default: 2, "layers of attention"),
            ]
        ) { (net, arguments, x, graph) throws(ShapeError) in
            let looped = try net.looped(graph).graph
            var y = try net.relu(try net.linear("lin1", try net.dropout("dropout", x), arguments.int("hidden")))
            for number in 1...arguments.int("num_layers") {
                y = try net.scope("prop\(number)") { () throws(ShapeError) in try net.agnnConv(y, on: looped) }
            }
            return try net.linear("lin2", try net.dropout("dropout", y), arguments.int("classes"))
        },
    ]

    private static func depth(_ depth: Int, hidden: Int) -> [Parameter] {
        [.count("num_layers", default: depth, "layers"), .count("hidden", default: hidden, "features inside")]
    }

    /// Whether what depends on the graph alone is computed once.
    private static func cached(_ isCached: Bool) -> Parameter {
        Parameter(
            "cached", .flag, .value(.flag(isCached)),
            "computes what depends on the graph alone once, and not in every call"
        ).asExtra
    }

    /// What the data set has, or else a number.
    static func size(
        _ key: String, as word: String? = nil, or number: Int, _ size: @escaping @Sendable (NamedGraph) -> Int,
        _ summary: String
    ) -> Parameter {
        Parameter(
            key, as: word, .int(1...Int(Int32.max)),
            .derived("what the data set has, or \(number)") { arguments in
                let known = NamedGraph.named(arguments.word("graph")).map(size) ?? 0
                return .int(known > 0 ? known : number)
            }, summary)
    }

    private static func member(
        _ name: String, _ summary: String, _ own: [Parameter],
        build: @escaping @Sendable (GraphBuilder, Arguments, FeatureMap, MessageGraph) throws(ShapeError) -> FeatureMap
    ) -> Kind {
        .graphOperator(
            .graphModel(
                name, summary,
                [
                    size("ci", as: "in", or: 128, \.features, "features of a node"),
                    size("classes", or: 10, \.classes, "outputs of the classifier"),
                ] + own, example: "nodes=34,edges=156,ci=20,classes=4"), build: build)
    }
}

extension GraphBuilder {
    /// Some layers of one kind, `num_layers` of them with `hidden` features between and `classes` at the end, each in a module of its own.
    fileprivate func stack(
        _ x: FeatureMap, _ arguments: Arguments,
        layer: (_ x: FeatureMap, _ width: Int) throws(ShapeError) -> FeatureMap
    ) throws(ShapeError) -> FeatureMap {
        var y = x
        let depth = arguments.int("num_layers")
        for number in 1...depth {
            let width = arguments.int(number == depth ? "classes" : "hidden")
            y = try scope("conv\(number)") { () throws(ShapeError) in try layer(y, width) }
            if number < depth { y = try dropout("dropout", try relu(y)) }
        }
        return y
    }
}
