import Workloads

/// A change to a graph that keeps what it computes and lowers what that costs.
///
///     extension Pass {
///         static let dropIdentity = Pass(name: "drop-identity", summary: "dropout and other identities are left out") {
///             graph throws(ShapeError) in
///             for number in graph.numbers.reversed() {
///                 guard let layer = graph[number], layer.workload is Identity, ... else { continue }
///                 graph.redirect(readersOf: output, to: input)
///                 graph[number] = nil
///             }
///         }
///     }
package struct Pass: Sendable {
    /// As in `without`: `fold-batch-norm`.
    package let name: String
    /// A line for people.
    package let summary: String
    package let apply: @Sendable (inout Rewriting) throws(ShapeError) -> Void
}

/// Every pass, a line each, in the order in which they are applied.
package enum Passes {
    package static let all: [Pass] = [
        .dropIdentity,
        .foldBatchNorm,
        .foldLayerScale,
        .mergeBranches,
        .fuseResidual,
        .fuseActivation,
    ]
}
