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

        var readsSource: Bool { self != .copyE }
        var readsEdge: Bool { self != .copyU }

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
