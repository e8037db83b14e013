import Tensors
import Threads
import Workloads

/// A prepared implementation with memory of its own, which can be held against what was predicted.
package final class BufferedCall: Prepared {
    /// Weights in the implementation's layout.
    package let packed: [Tensor]
    /// What it writes on the way to the outputs.
    package let workspace: [Tensor]
    private let body: () -> Void

    package init(packed: [Tensor] = [], workspace: [Tensor] = [], _ body: @escaping () -> Void) {
        self.packed = packed
        self.workspace = workspace
        self.body = body
    }

    /// A call that the threads of a pool divide among them.
    convenience init(
        on pool: ThreadPool, packed: [Tensor] = [], workspace: [Tensor] = [], _ body: @escaping (Share) -> Void
    ) {
        self.init(packed: packed, workspace: workspace) { pool.run(body) }
    }

    package func run() { body() }
}
