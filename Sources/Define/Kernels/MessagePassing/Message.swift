import Tensors
import Vectors
import Workloads

extension GSpMM {
    /// What an edge j -> i sends: u is a row of its source, e what the edge has. Named as in DGL's `dgl.ops`.
    enum Message: String, CaseIterable {
        case copyU = "copy_u"
        case copyE = "copy_e"
        case add = "u_add_e"
        case subtract = "u_sub_e"
        case multiply = "u_mul_e"
        case divide = "u_div_e"

        static let parameter = Parameter.choice(
            "message", allCases.map(\.rawValue), "what an edge sends: u is its source's row, e its own")

        /// The parameter that says how many numbers an edge has.
        static let edgeFeatures = Parameter(
            "e", as: "edge_features", .int(0...Int(Int32.max)),
            .derived("f, or 0 if messages do not read e") { arguments in
                arguments.word("message") == Message.copyU.rawValue ? .int(0) : .int(arguments.int("f"))
            }, "numbers of an edge: 1, one per head, or one per feature; must divide f")

        var readsSource: Bool { self != .copyE }
        var readsEdge: Bool { self != .copyU }

        /// Throws if an edge cannot have so many numbers.
        func check(features: Int, edgeFeatures: Int) throws(ShapeError) {
            switch self {
            case .copyU:
                guard edgeFeatures == 0 else {
                    throw ShapeError(
                        "e: the message 'copy_u' reads nothing of an edge", parameter: "e", remedy: "leave 'e' out")
                }
            case .copyE:
                guard edgeFeatures == features else {
                    throw ShapeError(
                        "e: \(edgeFeatures), but the message 'copy_e' has all \(features) features from its edge",
                        parameter: "e", remedy: "leave 'e' out")
                }
            case .add, .subtract, .multiply, .divide:
                guard edgeFeatures > 0, features % edgeFeatures == 0 else {
                    throw ShapeError(
                        "e: \(edgeFeatures) does not divide the \(features) features of a node", parameter: "e",
                        remedy: "write 1, the number of heads, or \(features)")
                }
            }
        }

        /// The numbers of the edges: those of the graph's own if there is one each and it has them.
        func operand(_ name: String, of graph: GraphSource, features: Int) throws(ShapeError) -> Operand {
            let isGiven = features == 1 && graph.hasWeights
            let values: Values = isGiven ? .made : self == .divide ? .scale : .input
            return try Operand(
                name, .input, features == 1 ? [graph.edges] : [graph.edges, features],
                layout: features == 1 ? "E" : "EC",
                values: values)
        }

        /// The message of one element.
        func callAsFunction(_ u: Double, _ e: Double) -> Double {
            switch self {
            case .copyU: u
            case .copyE: e
            case .add: u + e
            case .subtract: u - e
            case .multiply: u * e
            case .divide: u / e
            }
        }

        /// The expected square of a message, from the mean squares of u and of what is combined with it: e, or 1 / e of a
        /// quotient.
        func square(_ u: Double, _ e: Double) -> Double {
            switch self {
            case .copyU: u
            case .copyE: e
            case .add, .subtract: u + e
            case .multiply, .divide: u * e
            }
        }

        /// What it costs beside MACs, as `ElementOperations` call it; nil for a copy and for a product, whose multiplications are MACs.
        var operation: String? {
            switch self {
            case .copyU, .copyE, .multiply: nil
            case .add: "add"
            case .subtract: "subtract"
            case .divide: "divide"
            }
        }

        var forRows: SparseRows.Message {
            switch self {
            case .copyU: .copySource
            case .copyE: .copyEdge
            case .add: .add
            case .subtract: .subtract
            case .multiply: .multiply
            case .divide: .divide
            }
        }
    }

    /// How the messages that reach a node become one row.
    enum Reduction: String, CaseIterable {
        case sum, mean, max, min

        static let parameter = Parameter.choice(
            "reduce", allCases.map(\.rawValue), "how the messages at a node are put together")

        /// Whether it picks one of the messages.
        var isExtreme: Bool { self == .max || self == .min }

        var forRows: SparseRows.Reduction {
            switch self {
            case .sum: .sum
            case .mean: .mean
            case .max: .maximum
            case .min: .minimum
            }
        }
    }
}
