import Foundation
import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// The mean over labelled rows of -log softmax(x)[label], and its gradient by x: (softmax(x) - one at the label) / labelled rows. A row
/// whose label is negative does not count: its gradient is 0. Without any labelled row the loss is 0.
package struct CrossEntropy: Kernel {
    package static let schema = Schema(
        "cross_entropy", "cross entropy of rows of scores and their labels, and its gradient",
        [
            .count("rows", "rows of scores"), .count("classes", "scores of a row"),
            Parameter("labelled", .real(0...1), .value(.real(1)), "share of the rows that have a label").asExtra,
        ], example: "rows=12,classes=7")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    private let rows: Int
    private let classes: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        (rows, classes) = (arguments.int("rows"), arguments.int("classes"))
        let scores = try product(rows, classes)
        elementOperations =
            ["compare", "subtract", "exp", "add", "multiply"].map { ElementOperations($0, scores) }
            + [ElementOperations("log", rows)]
        operands = [
            try .input(
                "x", [rows, classes], layout: "NC",
                values: .stretches(of: classes, number: rows, .scores)),
            try .indices("labels", rows, layout: "N"),
            try .output("loss", [1], layout: "1"),
            try .output("dx", [rows, classes], layout: "NC"),
        ]
    }

    package var reductionLength: Int { max(rows, classes) }

    /// The loss is a sum of positive terms, the gradient of a row depends on that row.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        [Sums(elements: output.shape.count, length: output.name == "loss" ? rows + classes : classes)]
    }

    /// Threads share the rows and add up losses in Double; these are added in order.
    package var implementations: [Implementation] {
        var workspace = Workspace()
        // A Double each, in a cache line of its own.
        let losses = workspace.perThread(16)
        return [
            Implementation(
                "native", "row by row: loss and gradient in one pass", threading: .any, workspace: workspace
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                let (labels, loss) = (UnsafePointer(tensors["labels"].ints), tensors["loss"].floats)
                let (x, dx) = (UnsafePointer(tensors["x"].floats), tensors["dx"].floats)
                @Sendable func sum(_ thread: Int) -> UnsafeMutablePointer<Double> {
                    UnsafeMutableRawPointer(memory[losses, thread]).assumingMemoryBound(to: Double.self)
                }
                let part: (Share) -> Void = { share in
                    let factor = 1 / Float(max(labelled(labels), 1))
                    sum(share.index).pointee = 0
                    for row in share.range(of: rows) {
                        sum(share.index).pointee += Double(
                            descend(x + row * classes, label: Int(labels[row]), factor, into: dx + row * classes))
                    }
                }
                return PreparedCall {
                    pool.run(part)
                    let total = (0..<max(setting.threads, 1)).reduce(0.0) { $0 + sum($1).pointee }
                    loss[0] = Float(total / Double(max(labelled(labels) + slip(.entropyMean), 1)))
                }
            }
        ]
    }

    private func labelled(_ labels: UnsafePointer<Int32>) -> Int {
        var count = 0
        for row in 0..<rows { count += labels[row] >= 0 ? 1 : 0 }
        return count
    }

    /// Writes the gradient of a row. Returns its loss.
    private func descend(
        _ x: UnsafePointer<Float>, label: Int, _ factor: Float, into dx: UnsafeMutablePointer<Float>
    ) -> Float {
        guard label >= 0 else {
            dx.update(repeating: 0, count: classes)
            return 0
        }
        var (largest, total) = (-Float.infinity, Float(0))
        for i in 0..<classes { largest = x[i] > largest ? x[i] : largest }
        for i in 0..<classes { dx[i] = exponential(x[i] - largest) }
        for i in 0..<classes { total += dx[i] }
        let share = factor / total
        for i in 0..<classes { dx[i] *= share }
        if !planted(.entropyLabel) { dx[label] -= factor }
        return log(total) + (largest - x[label])
    }

    /// See `fill(_:rows:classes:labelled:seed:)`.
    package func fill(_ tensors: Operands, seed: UInt64) {
        fillByName(tensors, seed: seed)
        Self.fill(
            tensors["labels"].ints, rows: rows, classes: classes, labelled: arguments.real("labelled"), seed: seed)
    }

    /// Draws which rows have a label, and for those any class with the same probability. A row without one has -100, as in PyTorch.
    package static func fill(
        _ labels: UnsafeMutablePointer<Int32>, rows: Int, classes: Int, labelled: Double, seed: UInt64
    ) {
        let (classesDrawn, shares) = (Draws("labels", seed: seed), Draws("labelled", seed: seed))
        for row in 0..<rows {
            let hasLabel = Double(shares.unit(row)) < labelled
            labels[row] = hasLabel ? Int32(truncatingIfNeeded: classesDrawn.whole(row, below: classes)) : -100
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, labels, dx) = (tensors["x"].floats, tensors["labels"].ints, tensors["dx"].floats)
        let counted = Double(max(1, (0..<rows).count { labels[$0] >= 0 }))
        var loss = 0.0
        for row in 0..<rows {
            let (scores, label) = (x + row * classes, Int(labels[row]))
            let largest = (0..<classes).reduce(-Double.infinity) { max($0, Double(scores[$1])) }
            let total = (0..<classes).reduce(0.0) { $0 + exp(Double(scores[$1]) - largest) }
            for i in 0..<classes {
                let share = exp(Double(scores[i]) - largest) / total
                dx[row * classes + i] = label < 0 ? 0 : Float((share - (i == label ? 1 : 0)) / counted)
            }
            if label >= 0 { loss += log(total) + largest - Double(scores[label]) }
        }
        tensors["loss"].floats[0] = Float(loss / counted)
    }
}
