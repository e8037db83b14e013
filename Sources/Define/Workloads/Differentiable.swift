/// A workload whose gradients other workloads compute.
///
/// The gradient of a tensor is that of one number, the loss, with respect to each of its elements.
package protocol Differentiable: Workload {
    /// How the gradients of some operands follow from those of the outputs.
    ///
    /// - Parameter wanted: names of inputs and weights. No others need be computed.
    /// - Throws: if one of them has no gradient that Assay knows.
    func backward(to wanted: Set<String>) throws(ShapeError) -> Backward
}

/// The steps from the gradients of a workload's outputs to those of its inputs and weights.
///
///     var backward = Backward()
///     let product = backward.add("by_x", try BatchMatMul.kind.workload(from: ...), [
///         "a": .gradient(of: "y"), "w": .operand("weight"),
///     ])
///     backward.gradients["x"] = product["y"]
package struct Backward: Sendable {
    /// What a step reads.
    package enum Source: Sendable, Hashable {
        /// An operand of the workload: an input, a weight, or an output that it has computed.
        case operand(String)
        /// The gradient of an output.
        case gradient(of: String)
        /// What an earlier step has written: its number, and the name of its output.
        case step(Int, String)
    }

    /// A workload that computes something on the way.
    package struct Step: Sendable {
        /// What it is for, as the last part of a layer's name: `by_weight`.
        package let name: String
        package let workload: any Workload
        /// What each of its inputs is.
        package let reads: [String: Source]
        /// Whether it depends on a graph alone, so that it is computed once if the graph stays as it is.
        package let isOfGraph: Bool
    }

    /// A step that was added, to name what it writes.
    package struct Added {
        fileprivate let number: Int
        package subscript(output: String) -> Source { .step(number, output) }
    }

    /// In the order in which they run.
    package private(set) var steps: [Step] = []
    /// The gradient of each operand. One without an entry does not change the outputs.
    package var gradients: [String: Source] = [:]

    package init() {}

    /// Adds a step.
    package mutating func add(
        _ name: String, _ workload: any Workload, _ reads: [String: Source], isOfGraph: Bool = false
    ) -> Added {
        steps.append(Step(name: name, workload: workload, reads: reads, isOfGraph: isOfGraph))
        return Added(number: steps.count - 1)
    }
}

extension Kind {
    /// The workload of a shape, given by keys and values.
    package func workload(_ parameters: [(String, any CustomStringConvertible)]) throws(ShapeError) -> any Workload {
        try workload(from: parameters.map { Schema.Given($0.0, $0.1.description) })
    }
}
