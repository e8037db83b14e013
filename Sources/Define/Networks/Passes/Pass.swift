import Workloads

/// A change to a graph that keeps what it computes and lowers what that costs.
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
