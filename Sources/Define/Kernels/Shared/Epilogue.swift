import Mutants
import Tensors
import Vectors
import Workloads

/// The last steps of a kernel after its sums: y = act(sum + bias + residual), as at the end of a block of ResNet (He et
/// al., "Deep residual learning", 2016).
struct Epilogue: Sendable {
    /// Nil if the sums stay as they are.
    let function: ActivationFunction?
    let hasBias: Bool
    let hasResidual: Bool

    /// The parameters that select it; `bias` describes the bias in this kernel.
    static func parameters(bias: String) -> [Parameter] {
        let functions = ActivationFunction.allCases.map(\.rawValue)
        return [
            .flag("bias", bias),
            .choice("act", as: "activation", ["none"] + functions, "applied to the sums").asExtra,
            .flag("residual", "adds a tensor like the output, before the activation").asExtra,
        ]
    }

    /// Leaves the sums as they are.
    static let none = Epilogue(function: nil, hasBias: false, hasResidual: false)

    private init(function: ActivationFunction?, hasBias: Bool, hasResidual: Bool) {
        self.function = function
        self.hasBias = hasBias
        self.hasResidual = hasResidual
    }

    /// Reads the arguments of `parameters`.
    init(_ arguments: Arguments) {
        let word = arguments.word("act")
        function = ActivationFunction.allCases.first { $0.rawValue == word }
        hasBias = arguments.flag("bias")
        hasResidual = arguments.flag("residual")
    }

    /// A bias of `count` elements and a residual like the output, if there are any.
    func operands(bias count: Int, like extents: [Int], layout: String) throws(ShapeError) -> [Operand] {
        try (hasBias ? [.shift("bias", count)] : [])
            + (hasResidual ? [.input("residual", extents, layout: layout)] : [])
    }

    /// How the inputs are drawn. The sums are about as large as the inputs, and should cover the whole function.
    var inputs: Values { function.map(\.inputs) ?? .input }

    /// The sums behind an output, products of `x` and `weight`. The function may make them small (a sigmoid is always
    /// below 1), but the result still has their errors.
    func sums(behind output: Operand, length: Int, in tensors: Operands) -> [Sums] {
        let term = tensors["x"].rootMeanSquare * tensors["weight"].rootMeanSquare
        let steepness = function?.steepness ?? 0
        return [
            Sums(
                elements: output.shape.count, length: length,
                scale: steepness * term * Double(length).squareRoot())
        ]
    }

    /// Its operations on `elements` sums, each kind once.
    func operations(on elements: Int) -> [ElementOperations] {
        let additions = (hasBias ? 1 : 0) + (hasResidual ? 1 : 0)
        var counts = additions > 0 ? [(kind: "add", count: additions)] : []
        for operation in function?.operations ?? [] {
            if let known = counts.firstIndex(where: { $0.kind == operation.kind }) {
                counts[known].count += operation.count
            } else {
                counts.append(operation)
            }
        }
        return counts.map { ElementOperations($0.kind, $0.count * elements) }
    }

    /// The exact result in `Double`, for a sum that includes the bias.
    func exact(_ sum: Double, residual: Float?) -> Double {
        let sum = sum + Double(residual ?? 0)
        return function?.exact(sum) ?? sum
    }

    /// The part of the function that a register tile does by itself.
    var bounds: Bounds {
        switch function {
        case .relu: Bounds(least: 0)
        case .relu6: Bounds(least: 0, most: 6)
        default: Bounds()
        }
    }

    /// The part of the function that remains after a register tile.
    var afterTile: ActivationFunction? { bounds.holds ? nil : function }

    /// Adds the residual to sums that are already written and include the bias, then applies the function: with a
    /// microkernel of `kernels`, or with a plain loop.
    func finish(
        _ y: UnsafeMutablePointer<Float>, _ residual: UnsafePointer<Float>?, count: Int,
        with kernels: (any Microkernels.Type)? = nil
    ) {
        guard function != nil || residual != nil else { return }
        // Elements of a stack buffer, so that a function does not read where it writes.
        let most = 256
        withUnsafeTemporaryAllocation(of: Float.self, capacity: most) { buffer in
            guard let sums = buffer.baseAddress else { return }
            for first in stride(from: 0, to: count, by: most) {
                let (part, number) = (y + first, min(most, count - first))
                sums.update(from: part, count: number)
                if let residual {
                    for i in 0..<number { sums[i] += residual[planted(.epilogueResidual) ? i : first + i] }
                }
                if let function, let kernels {
                    kernels.apply(function, count: number, sums, into: part)
                } else if let function {
                    function.apply(sums, into: part, count: number)
                } else {
                    part.update(from: sums, count: number)
                }
            }
        }
    }
}
