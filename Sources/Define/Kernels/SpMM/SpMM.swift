import Settings
import Tensors
import Workloads

/// y[i] = the sum, mean or maximum over the edges j -> i of w x[j]: sparse times dense, the aggregation of message
/// passing. Without edge weights w is 1. A node that no edge leads to gets 0.
package struct SpMM: Kernel {
    /// How the messages that reach a node are combined.
    enum Reduction: String, CaseIterable { case sum, mean, max }

    package static let schema = Schema(
        "spmm", "aggregation over a graph: CSR x [nodes, features]",
        GraphSource.parameters + [
            .count("f", as: "features", "features of a node"),
            .choice("reduce", Reduction.allCases.map(\.rawValue), "how the messages at a node are put together"),
            .flag("weighted", "multiplies each message by the weight of its edge"),
            GraphSource.seed,
        ], example: "nodes=34,edges=156,f=16")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let rows: Int
    let edges: Int
    let features: Int
    let reduction: Reduction
    let weighted: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        rows = graph.rows
        edges = graph.edges
        features = arguments.int("f")
        weighted = arguments.flag("weighted")
        let word = arguments.word("reduce")
        reduction = Reduction.allCases.first { $0.rawValue == word } ?? .sum
        self.arguments = graph.completing(arguments)

        operands =
            try [
                .indices("pointers", rows + 1, layout: "N"),
                .indices("indices", edges, layout: "E"),
            ]
            + (weighted
                ? [Operand("values", .input, [edges], layout: "E", values: graph.hasWeights ? .made : .input)] : [])
            + [
                .input("x", [graph.columns, features], layout: "NC"),
                .output("y", [rows, features], layout: "NC"),
            ]
        let messages = try product(edges, features)
        macs = weighted ? messages : 0
        var operations: [ElementOperations] = []
        if reduction == .max {
            operations.append(ElementOperations("compare", messages))
        } else if !weighted {
            operations.append(ElementOperations("add", messages))
        }
        if reduction == .mean { operations.append(ElementOperations("divide", rows * features)) }
        elementOperations = operations
    }

    /// The bytes of the features of nodes that no edge comes from.
    package var unreadBytes: Int { (graph.columns - graph.touched.sources) * features * ElementType.f32.size }

    package var reductionLength: Int { reduction == .max ? 1 : max(1, graph.longestRow) }

    /// A row's messages are independent of each other, so their sum is about the root of the sum of their squares.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let pointers = tensors["pointers"].ints
        let values = tensors.optional("values")?.floats
        let message = tensors["x"].rootMeanSquare
        return (0..<rows).map { row in
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            let squares = edges.reduce(0.0) { sum, edge in
                let weight = values.map { Double($0[edge]) } ?? 1
                return sum + weight * weight
            }
            if reduction == .max { return Sums(elements: features, length: min(edges.count, 1)) }
            let sum = message * squares.squareRoot()
            return Sums(
                elements: features, length: edges.count,
                scale: reduction == .mean ? sum / Double(max(edges.count, 1)) : sum)
        }
    }

    package var implementations: [Implementation] {
        [
            native,
            .direct("fused", "row by row over its edges, no message stored", run: fused),
            gatherScatter,
        ]
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        let made = try graph.fill(tensors)
        if weighted, let weights = made.weights {
            tensors["values"].floats.update(from: weights, count: weights.count)
        }
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        let values = tensors.optional("values")?.floats
        var reduced = [Double](repeating: 0, count: features)
        for row in 0..<rows {
            let neighbours = Int(pointers[row])..<Int(pointers[row + 1])
            for feature in 0..<features { reduced[feature] = reduction == .max ? -.infinity : 0 }
            for edge in neighbours {
                let weight = values.map { Double($0[edge]) } ?? 1
                let source = x + Int(indices[edge]) * features
                for feature in 0..<features {
                    let message = weight * Double(source[feature])
                    let before = reduced[feature]
                    reduced[feature] = reduction == .max ? maximum(before, message) : before + message
                }
            }
            let divisor = reduction == .mean ? Double(neighbours.count) : 1
            for feature in 0..<features {
                y[row * features + feature] = neighbours.isEmpty ? 0 : Float(reduced[feature] / divisor)
            }
        }
    }
}
