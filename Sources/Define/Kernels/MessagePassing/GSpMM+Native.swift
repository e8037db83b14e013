import Settings
import Tensors
import Threads
import Workloads

extension GSpMM {
    /// Each output row is held in registers, a block of features at a time, until all its edges are read.
    var native: Implementation {
        var workspace = Workspace()
        let rest = workspace.perThread(features)
        return Implementation(
            "native", "a block of features in registers over all edges of a row", threading: .any, workspace: workspace
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let rows = rows(of: tensors)
            let aggregation = aggregation(tensors, message, edgeFeatures: edgeFeatures, u: rows.u, e: rows.e)
            return PreparedCall(aggregation.call(on: pool, threads: setting.threads) { memory[rest, $0] })
        }
    }

    /// What a framework without a fused kernel does: the messages [edges, features] are stored in the workspace, then those of each
    /// destination are reduced by the code of `native`. The difference is what it costs to store them.
    var gatherScatter: Implementation {
        var workspace = Workspace()
        let messages = workspace.shared(features, parts: edges)
        let rest = workspace.perThread(features)
        return Implementation(
            "gather-scatter", "every message stored, then reduced by destination", threading: .any, workspace: workspace
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let stored = memory[messages]
            let aggregation = aggregation(
                tensors, .copyE, edgeFeatures: features, u: nil, e: UnsafePointer(stored))
            let aggregate = aggregation.call(on: pool, threads: setting.threads) { memory[rest, $0] }
            let part: (Share) -> Void = { send(tensors, $0, into: stored) }
            return PreparedCall {
                pool.run(part)
                aggregate()
            }
        }
    }

    private func aggregation(
        _ tensors: Operands, _ message: Message, edgeFeatures: Int, u: UnsafePointer<Float>?, e: UnsafePointer<Float>?
    ) -> Aggregation {
        Aggregation(
            message: message.forRows, reduction: reduction.forRows, rows: rows, sources: graph.columns, edges: edges,
            features: features, edgeFeatures: edgeFeatures, pointers: tensors["pointers"].ints,
            indices: tensors["indices"].ints, u: u, e: e, y: tensors["y"].floats,
            finish: update.finish(tensors, features: features))
    }
}
