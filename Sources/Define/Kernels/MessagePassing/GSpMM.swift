import Settings
import Tensors
import Workloads

/// y[i] = the sum, mean, maximum or minimum over the edges j -> i of a message: u[j], e, or u[j] plus, minus, times or over e. This is
/// DGL's g-SpMM, its `update_all` without a message ever stored. A node that no edge leads to gets 0.
///
/// A node may add a row of its own and a bias: see `RowUpdate`.
///
/// An edge has `e` numbers: one for all features, one for each head, or one for each feature. Number n is for the features from
/// n f / e on.
package struct GSpMM: Workload {
    package static let schema = Schema(
        "gspmm", "message passing over a graph: a message per edge, reduced at its destination",
        GraphSource.parameters + [
            .count("f", as: "features", "features of a node"),
            Message.parameter,
            Reduction.parameter,
            Message.edgeFeatures,
        ] + RowUpdate.parameters + [GraphSource.index, GraphSource.seed],
        example: "nodes=34,edges=156,f=16,message=u_mul_e,e=4")

    package static let kind: Kind = Kind(schema) { (arguments) throws(ShapeError) in
        let word = arguments.word("message")
        return try GSpMM(
            GSpMM.kind, arguments, message: Message(rawValue: word) ?? .copyU, edgeFeatures: arguments.int("e"),
            source: "u", edge: "e"
        ).withIndices
    }

    package let kind: Kind
    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let rows: Int
    let edges: Int
    let features: Int
    let edgeFeatures: Int
    let message: Message
    let reduction: Reduction
    let update: RowUpdate
    /// The operands of sources and of edges.
    let source: String
    let edge: String

    /// - Parameters:
    ///   - source: what the operand with the sources' features is called.
    ///   - edge: what the operand with the edges' numbers is called.
    init(
        _ kind: Kind, _ arguments: Arguments, message: Message, edgeFeatures: Int, source: String, edge: String
    ) throws(ShapeError) {
        graph = try GraphSource(arguments)
        rows = graph.rows
        edges = graph.edges
        features = arguments.int("f")
        reduction = Reduction(rawValue: arguments.word("reduce")) ?? .sum
        update = RowUpdate(arguments)
        self.kind = kind
        self.message = message
        self.edgeFeatures = edgeFeatures
        self.source = source
        self.edge = edge
        self.arguments = graph.completing(arguments)
        try message.check(features: features, edgeFeatures: edgeFeatures)

        let more = try update.operands(rows: rows, features: features)
        operands =
            try graph.operands
            + (message.readsEdge ? [message.operand(edge, of: graph, features: edgeFeatures)] : [])
            + (message.readsSource ? [.input(source, [graph.columns, features], layout: "NC")] : [])
            + more.inputs + more.weights + [.output("y", [rows, features], layout: "NC")]

        let messages = try product(edges, features)
        macs = message == .multiply ? messages : 0
        var operations: [ElementOperations] = message.operation.map { [ElementOperations($0, messages)] } ?? []
        if reduction.isExtreme {
            operations.append(ElementOperations("compare", messages))
        } else if message == .add {
            operations = [ElementOperations("add", 2 * messages)]
        } else if message != .multiply {
            operations.append(ElementOperations("add", messages))
        }
        if reduction == .mean {
            let divisions = rows * features + (message == .divide ? messages : 0)
            operations.removeAll { $0.kind == "divide" }
            operations.append(ElementOperations("divide", divisions))
        }
        elementOperations = (operations + update.operations(on: rows * features)).merged
    }

    /// The features of nodes that no edge comes from.
    package var unreadBytes: Int {
        graph.unreadBytes(source: message.readsSource ? features : 0)
    }

    package var reductionLength: Int { reduction.isExtreme ? 1 : max(1, graph.longestRow) }

    /// The messages of different sources are independent of one another: their sum is about the root of the sum of their squares.
    ///
    /// Edges that are listed more than once send nearly the same again, one after the other. Those add up, and so do their rounding
    /// errors: m times the same is as large as one message m times as large, with an error up to the root of m larger than that of
    /// m independent ones.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let e = tensors.optional(edge)?.floats
        let root = tensors.optional(source)?.rootMeanSquare ?? 0
        return (0..<rows).map { row in
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            if reduction.isExtreme { return Sums(elements: features, length: min(edges.count, 1)) }
            // Squares of single messages, and of the sums over edges with one source.
            var (single, repeated, run) = (0.0, 0.0, 0.0)
            for edge in edges {
                var own = 0.0
                for number in edge * edgeFeatures..<(edge + 1) * edgeFeatures {
                    let value = e.map { Double($0[number]) } ?? 0
                    own += message == .divide ? 1 / (value * value) : value * value
                }
                let square = message.square(root * root, own / Double(max(edgeFeatures, 1)))
                single += square
                let isAgain = message.readsSource && edge > edges.lowerBound && indices[edge] == indices[edge - 1]
                let before = isAgain ? run : 0
                run = before + square.squareRoot()
                repeated += run * run - before * before
            }
            let sum = repeated.squareRoot()
            return Sums(
                elements: features, length: edges.count,
                scale: reduction == .mean ? sum / Double(max(edges.count, 1)) : sum,
                growth: single > 0 ? (repeated / single).squareRoot() : 1)
        }
    }

    package var implementations: [Implementation] {
        [
            native,
            .direct("fused", "row by row over its edges, no message stored", run: fused),
            gatherScatter,
        ]
    }

    /// What the messages are made of.
    func rows(of tensors: Operands) -> MessageRows {
        MessageRows(tensors, message, features: features, edgeFeatures: edgeFeatures, source: source, edge: edge)
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors, weights: edgeFeatures == 1 ? edge : nil)
    }

    package func reference(_ tensors: Operands) {
        let (pointers, y) = (tensors["pointers"].ints, tensors["y"].floats)
        let (messages, updated) = (self.rows(of: tensors), update.exact(tensors, features: features))
        var reduced = [Double](repeating: 0, count: features)
        for row in 0..<rows {
            let neighbours = Int(pointers[row])..<Int(pointers[row + 1])
            for feature in 0..<features {
                reduced[feature] = reduction == .max ? -.infinity : reduction == .min ? .infinity : 0
            }
            for edge in neighbours {
                messages.forEachElement(of: edge, numbers: edge) { feature, u, e in
                    let (sent, before) = (message(Double(u), Double(e)), reduced[feature])
                    reduced[feature] =
                        switch reduction {
                        case .max: maximum(before, sent)
                        case .min: -maximum(-before, -sent)
                        case .sum, .mean: before + sent
                        }
                }
            }
            let divisor = reduction == .mean ? Double(neighbours.count) : 1
            for feature in 0..<features {
                let sum = neighbours.isEmpty ? 0 : reduced[feature] / divisor
                y[row * features + feature] = Float(updated(sum, row, feature))
            }
        }
    }
}
