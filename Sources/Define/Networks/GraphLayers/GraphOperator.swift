import Kernels
import Tensors
import Workloads

extension Schema {
    /// The schema of a model on a graph: the graph, its own parameters, and those that all models have.
    static func graphModel(
        _ name: String, _ summary: String, _ own: [Parameter], example: String = "nodes=34,edges=156,ci=5,co=4"
    ) -> Schema {
        Schema(
            name, summary,
            GraphSource.parameters + own + [without, layerChoices] + TrainingStep.parameters + [GraphSource.seed],
            example: example)
    }

    /// Features of a node before and behind an operator.
    static let graphWidths: [Parameter] = [
        .count("ci", as: "in", "features of a node"), .count("co", as: "out", "features of a node afterwards"),
    ]

    /// How messages are reduced.
    static func aggregation(_ usual: String) -> Parameter {
        Parameter("aggr", .choice(["sum", "mean", "max"]), .value(.word(usual)), "how messages are reduced")
    }

    /// Attributes of an edge.
    static func attributes(_ fallback: Parameter.Default) -> Parameter {
        Parameter("a", as: "attributes", .int(0...Int(Int32.max)), fallback, "attributes of an edge")
    }

    static let isWeighted = Parameter.flag("weighted", "edges have weights")
}

extension Kind {
    /// A model on a graph.
    /// - Parameter build: writes its layers from the inputs to the outputs.
    static func graphModel(
        _ schema: Schema, build: @escaping @Sendable (GraphBuilder, Arguments) throws(ShapeError) -> Void
    ) -> Kind {
        Kind(schema) { (arguments) throws(ShapeError) in
            let source = try GraphSource(arguments)
            return try Network(schema, source.completing(arguments), build: build)
        }
    }

    /// An operator of graph networks as a model of its own, from the features `x` of the nodes to `y`.
    /// - Parameter build: writes its layers, given x and the graph.
    static func graphOperator(
        _ schema: Schema,
        build: @escaping @Sendable (GraphBuilder, Arguments, FeatureMap, MessageGraph) throws(ShapeError) -> FeatureMap
    ) -> Kind {
        .graphModel(schema) { (net, arguments) throws(ShapeError) in
            let graph = try net.squareGraph(arguments)
            let x = try net.input("x", [graph.rows, arguments.int("ci")], layout: "NC")
            try net.output("y", try build(net, arguments, x, graph), layout: "NC")
        }
    }
}

extension GraphBuilder {
    /// The graph of a model whose layers share it: its edges lead from nodes to the same nodes.
    func squareGraph(_ arguments: Arguments) throws(ShapeError) -> MessageGraph {
        let graph = try messageGraph(arguments, isWeighted: arguments["weighted"] == .flag(true))
        guard graph.rows == graph.columns else {
            throw ShapeError(
                "a graph of \(graph.columns) sources and \(graph.rows) destinations cannot be shared by layers",
                parameter: "graph", remedy: "take a square graph")
        }
        return graph
    }

    /// The attributes of edges as an input of the model; nil if edges have none.
    func attributes(_ arguments: Arguments, on graph: MessageGraph) throws(ShapeError) -> FeatureMap? {
        let width = arguments.int("a")
        guard width > 0 else { return nil }
        try needEdges(graph)
        return try input("edge_attr", [graph.edges, width], layout: "EC")
    }

    /// The same for an operator that needs them.
    func neededAttributes(_ arguments: Arguments, on graph: MessageGraph) throws(ShapeError) -> FeatureMap {
        guard let attributes = try attributes(arguments, on: graph) else {
            throw ShapeError("edges without attributes", parameter: "attributes", remedy: "say how many an edge has")
        }
        return attributes
    }

    /// Throws if there are no edges, for operators that compute rows of edges.
    func needEdges(_ graph: MessageGraph) throws(ShapeError) {
        guard graph.edges > 0 else {
            throw ShapeError(
                "the graph has no edges, and this operator computes features of edges", parameter: "edges",
                remedy: "take a graph with edges")
        }
    }
}
