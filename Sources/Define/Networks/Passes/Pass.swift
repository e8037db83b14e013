import Workloads

/// A change to a graph that keeps its results and lowers its cost.
///
///     extension Pass {
///         static let dropIdentity = Pass(name: "drop-identity", summary: "dropout and other identities ...") {
///             graph throws(ShapeError) in
///             for number in graph.numbers.reversed() {
///                 guard let layer = graph[number], layer.workload is Identity, ... else { continue }
///                 graph.redirect(readersOf: output, to: input)
///                 graph[number] = nil
///             }
///         }
///     }
package struct Pass: Sendable {
    /// Its name in `without`: `fold-batch-norm`.
    package let name: String
    /// A one-line description for people.
    package let summary: String
    /// Whether a network that is trained may have it too: gradients are known for the layers that it leaves.
    package var servesTraining = false
    package let apply: @Sendable (inout Rewriting) throws(ShapeError) -> Void
}

extension Passes {
    /// The passes that arguments of a model do not leave out, and that serve its mode.
    static func chosen(by arguments: Arguments) -> [Pass] {
        let without = arguments.words("without")
        return all.filter { !without.contains($0.name) && ($0.servesTraining || !arguments.isTraining) }
    }
}

extension [Pass] {
    /// The graph that they make of a graph, one after the other.
    func rewritten(_ graph: Graph) throws(ShapeError) -> Graph {
        var rewriting = Rewriting(graph)
        for pass in self { try pass.apply(&rewriting) }
        return rewriting.graph
    }
}

/// Every pass, one per line, in the order in which they are applied.
package enum Passes {
    package static let all: [Pass] = [
        .dropIdentity,
        .foldBatchNorm,
        .foldLayerScale,
        .mergeBranches,
        .fuseMessages,
        .aggregateLate,
        .fuseResidual,
        .fuseActivation,
    ]
}
