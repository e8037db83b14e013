import Tensors
import Vectors
import Workloads

/// What a node makes of its reduced messages: y = act(factor * reduced + own_factor * own + bias), where `own` is a row of its own.
/// Each part is optional; act is relu or nothing. With `eps` a learned number is added to `own_factor`, as in GIN (Xu et al., 2019).
struct RowUpdate: Sendable {
    let factor: Double
    let hasOwn: Bool
    let ownFactor: Double
    let hasEpsilon: Bool
    let hasBias: Bool
    let isRelu: Bool

    static let biasParameters = [
        Parameter.flag("bias", "adds a bias to every row").asExtra,
        Parameter.choice("act", as: "activation", ["none", "relu"], "applied at the end").asExtra,
    ]

    static let parameters =
        [
            Parameter("factor", .real(-1e6...1e6), .value(.real(1)), "what reduced messages are multiplied by").asExtra,
            .flag("own", "adds a row of the node itself").asExtra,
            Parameter("own_factor", .real(-1e6...1e6), .value(.real(1)), "what the node's own row is multiplied by")
                .asExtra,
            .flag("eps", "adds a learned number to own_factor").asExtra,
        ] + biasParameters

    /// Reads the arguments of `parameters`, or those of them that there are.
    init(_ arguments: Arguments) {
        func flag(_ key: String) -> Bool { arguments[key] == .flag(true) }
        func real(_ key: String) -> Double { if case .real(let number) = arguments[key] { number } else { 1 } }
        factor = real("factor")
        hasOwn = flag("own")
        ownFactor = real("own_factor")
        hasEpsilon = flag("own") && flag("eps")
        hasBias = flag("bias")
        isRelu = arguments["act"] == .word("relu")
    }

    /// The operands besides those of the messages.
    func operands(rows: Int, features: Int) throws(ShapeError) -> (inputs: [Operand], weights: [Operand]) {
        (
            hasOwn ? [try .input("own", [rows, features], layout: "NC")] : [],
            (hasEpsilon ? [try .shift("eps", 1)] : []) + (hasBias ? [try .shift("bias", features)] : [])
        )
    }

    /// Its operations on so many elements.
    func operations(on elements: Int) -> [ElementOperations] {
        let additions = (hasOwn ? 1 : 0) + (hasBias ? 1 : 0)
        let products = (factor != 1 ? 1 : 0) + (hasOwn && (ownFactor != 1 || hasEpsilon) ? 1 : 0)
        return [("add", additions), ("multiply", products), ("compare", isRelu ? 1 : 0)].filter { $0.1 > 0 }
            .map { ElementOperations($0.0, $0.1 * elements) }
    }

    /// The factor of the node's own row.
    private func ownFactor(_ tensors: Operands) -> Double {
        ownFactor + (hasEpsilon ? Double(tensors["eps"].floats[0]) : 0)
    }

    /// What computes an element in `Double` from its reduced messages.
    func exact(_ tensors: Operands, features: Int) -> (_ reduced: Double, _ row: Int, _ column: Int) -> Double {
        let (own, bias) = (tensors.optional("own")?.floats, tensors.optional("bias")?.floats)
        let ownFactor = ownFactor(tensors)
        return { reduced, row, column in
            var y = reduced * factor
            if let own { y += ownFactor * Double(own[row * features + column]) }
            if let bias { y += Double(bias[column]) }
            return isRelu && y <= 0 ? 0 : y
        }
    }

    /// The same for the microkernels.
    func finish(_ tensors: Operands, features: Int) -> RowFinish {
        RowFinish(
            factor: Float(factor), own: tensors.optional("own").map { UnsafePointer($0.floats) }, step: features,
            ownFactor: Float(ownFactor(tensors)), bias: tensors.optional("bias").map { UnsafePointer($0.floats) },
            isRelu: isRelu)
    }
}
