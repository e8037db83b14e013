import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// y[c] = the sum of x[r, c] over all rows: the gradient of a bias.
package struct ColumnSum: Kernel {
    package static let schema = Schema(
        "column_sum", "the sum of all rows: the gradient of a bias", Rows.parameters, example: "rows=40,features=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    private let rows: Rows

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        rows = try Rows(arguments)
        elementOperations = [ElementOperations("add", rows.elements)]
        operands = [
            try .input("x", [rows.count, rows.features], layout: "NC"),
            try .output("y", [rows.features], layout: "C"),
        ]
    }

    package var reductionLength: Int { rows.count }

    /// Rows that a thread adds up before it adds their sum to the others: long sums lose fewer digits in parts.
    private static let block = 256

    /// Threads share the rows. Their sums are added in order.
    package var implementations: [Implementation] {
        var workspace = Workspace()
        let sums = workspace.perThread(rows.features)
        let part = workspace.perThread(rows.features)
        return [
            Implementation(
                "native", "vectors of columns, long sums in parts", threading: .any, workspace: workspace
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                let (x, y, features) = (UnsafePointer(tensors["x"].floats), tensors["y"].floats, rows.features)
                let add: (Share) -> Void = { share in
                    let (sums, part) = (memory[sums, share.index], memory[part, share.index])
                    sums.update(repeating: 0, count: features)
                    let own = share.range(of: rows.count)
                    for first in stride(from: own.lowerBound, to: own.upperBound, by: Self.block) {
                        part.update(repeating: 0, count: features)
                        for row in first..<min(first + Self.block, own.upperBound) - slip(.columnRow) {
                            let source = x + row * features
                            for i in 0..<features { part[i] += source[i] }
                        }
                        for i in 0..<features { sums[i] += part[i] }
                    }
                }
                return PreparedCall {
                    pool.run(add)
                    y.update(from: memory[sums, 0], count: features)
                    for thread in 1..<max(setting.threads, 1) {
                        let sums = memory[sums, thread]
                        for i in 0..<features { y[i] += sums[i] }
                    }
                }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        for column in 0..<rows.features {
            var sum = 0.0
            for row in 0..<rows.count { sum += Double(x[row * rows.features + column]) }
            y[column] = Float(sum)
        }
    }
}

extension BiasAdd: Differentiable {
    package func backward(to wanted: Set<String>) throws(ShapeError) -> Backward {
        var backward = Backward()
        let sums = try backward.addEpilogue(arguments.word("act"), rows: rows, bias: wanted.contains("bias"))
        backward.gradients["x"] = sums
        return backward
    }
}

extension Backward {
    /// The steps through act(z + bias), where z are rows. Returns the gradient of z. Throws if the gradient of the activation cannot be
    /// read off the output.
    mutating func addEpilogue(_ act: String, rows: Rows, bias: Bool) throws(ShapeError) -> Source {
        var gradient = Source.gradient(of: "y")
        if act != "none" {
            guard act == "relu" else {
                throw ShapeError(
                    "the gradient of \(act) cannot be read off its output", remedy: "leave the pass out that joins it")
            }
            let step = add(
                "by_sum",
                try ActivationBackward.kind.workload([("function", act), ("elements", rows.elements)]),
                ["y": .operand("y"), "dy": gradient])
            gradient = step["dx"]
        }
        if bias {
            let step = add(
                "by_bias", try ColumnSum.kind.workload([("rows", rows.count), ("features", rows.features)]),
                ["x": gradient])
            gradients["bias"] = step["y"]
        }
        return gradient
    }
}
