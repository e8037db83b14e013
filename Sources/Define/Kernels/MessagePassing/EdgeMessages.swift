import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// y[e] = the message of edge e: a row of its source, its own, or the two combined. These are the messages of `GSpMM`, stored: what a
/// framework does that cannot fuse them with their reduction.
package struct EdgeMessages: Kernel {
    package static let schema = Schema(
        "edge_messages", "message passing over a graph: the message of every edge, stored",
        GraphSource.parameters + [
            .count("f", as: "features", "features of a message"), GSpMM.Message.parameter, GSpMM.Message.edgeFeatures,
            GraphSource.seed,
        ], example: "nodes=34,edges=156,f=16,message=u_mul_e,e=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    let graph: GraphSource
    let features: Int
    let message: GSpMM.Message
    let edgeFeatures: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        features = arguments.int("f")
        message = GSpMM.Message(rawValue: arguments.word("message")) ?? .copyU
        edgeFeatures = arguments.int("e")
        self.arguments = graph.completing(arguments)
        try message.check(features: features, edgeFeatures: edgeFeatures)
        let elements = try product(graph.edges, features)
        macs = message == .multiply ? elements : 0
        elementOperations = message.operation.map { [ElementOperations($0, elements)] } ?? []
        operands =
            try graph.operands
            + (message.readsEdge ? [message.operand("e", of: graph, features: edgeFeatures)] : [])
            + (message.readsSource ? [.input("u", [graph.columns, features], layout: "NC")] : [])
            + [.output("y", [graph.edges, features], layout: "EC")]
    }

    /// The features of nodes that no edge comes from.
    package var unreadBytes: Int {
        graph.unreadBytes(source: message.readsSource ? features : 0)
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "edge by edge, along the features") { tensors, share in
                let y = tensors["y"].floats
                let rows = MessageRows(tensors, message, features: features, edgeFeatures: edgeFeatures)
                rows.forEachMessage { message in
                    for edge in share.range(of: graph.edges) {
                        rows.forEachElement(of: edge, numbers: planted(.messageRow) ? 0 : edge) { i, u, e in
                            y[edge * features + i] = message(u, e)
                        }
                    }
                }
            }
        ]
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors, weights: edgeFeatures == 1 ? "e" : nil)
    }

    package func reference(_ tensors: Operands) {
        let y = tensors["y"].floats
        let rows = MessageRows(tensors, message, features: features, edgeFeatures: edgeFeatures)
        for edge in 0..<graph.edges {
            rows.forEachElement(of: edge, numbers: edge) { i, u, e in
                y[edge * features + i] = Float(message(Double(u), Double(e)))
            }
        }
    }
}
