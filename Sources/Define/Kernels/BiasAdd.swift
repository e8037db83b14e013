import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// y = act(x + bias) over each row; act is optional. What follows an aggregation, whose product stands before it.
package struct BiasAdd: Kernel {
    package static let schema = Schema(
        "bias_add", "a learned row added to each row",
        Rows.parameters + [
            .choice(
                "act", as: "activation", ["none"] + ActivationFunction.allCases.map(\.rawValue), "applied to the sums"
            ).asExtra
        ], example: "rows=4,features=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    package var overwritable: [String] { ["x"] }
    let rows: Rows
    private let function: ActivationFunction?

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        let word = arguments.word("act")
        let function = ActivationFunction.allCases.first { $0.rawValue == word }
        self.function = function
        let row = [rows.count, rows.features]
        operands = [
            try .input("x", row, layout: "NC", values: function.map(\.inputs) ?? .input),
            try .shift("bias", rows.features),
            try .output("y", row, layout: "NC"),
        ]
        var additions = 1
        var operations: [ElementOperations] = []
        for more in function?.operations ?? [] {
            if more.kind == "add" {
                additions += more.count
            } else {
                operations.append(ElementOperations(more.kind, more.count * rows.elements))
            }
        }
        elementOperations = [ElementOperations("add", additions * rows.elements)] + operations
    }

    /// Rows that are added to at a time: narrow ones, so that there are some vectors of elements.
    private var fold: Int { max(1, min(rows.count, 64 / rows.features)) }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let repeated = workspace.packed(fold * rows.features)
        return [
            Implementation(
                "native", "vectors of elements, narrow rows together", threading: .any, workspace: workspace,
                renews: true
            ) { tensors, setting, memory in
                let (x, bias, y) = (tensors["x"], tensors["bias"].floats, tensors["y"])
                let pack = {
                    for row in 0..<fold {
                        let first = planted(.biasFold) && row > 0 ? 1 : 0
                        for i in 0..<rows.features {
                            memory[repeated][row * rows.features + i] = bias[(i + first) % rows.features]
                        }
                    }
                }
                return PreparedCall(on: try ThreadPool.shared(setting.threads), packing: pack) { share in
                    add(share.range(of: rows.count), of: x.floats, memory[repeated], into: y.floats)
                }
            }
        ]
    }

    private func add(
        _ part: Range<Int>, of x: UnsafePointer<Float>, _ bias: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>
    ) {
        let features = rows.features
        // What the function reads is still in the nearest cache.
        let block = max(1, 4096 / (fold * features)) * fold
        for first in stride(from: part.lowerBound, to: part.upperBound, by: block) {
            let end = min(first + block, part.upperBound)
            for row in stride(from: first, to: end, by: fold) {
                let place = row * features
                microkernels.add(count: min(fold, end - row) * features, x + place, bias, into: y + place)
            }
            if let function, !planted(.biasFunction) || end < rows.count {
                let target = y + first * features
                microkernels.apply(function, count: (end - first) * features, target, into: target)
            }
        }
    }

    package func reference(_ tensors: Operands) {
        let bias = tensors["bias"].floats
        rows.forEach(tensors) { source, target in
            for i in 0..<rows.features {
                let sum = Double(source[i]) + Double(bias[i])
                target[i] = Float(function?.exact(sum) ?? sum)
            }
        }
    }
}
