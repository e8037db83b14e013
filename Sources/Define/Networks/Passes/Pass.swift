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
    package let apply: @Sendable (inout Rewriting) throws(ShapeError) -> Void
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
