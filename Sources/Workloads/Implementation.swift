import Settings
import Tensors
import Threads

/// One way to compute a workload of one shape. What is asked of its facts can be asked of it.
@dynamicMemberLookup
package struct Implementation: Sendable {
    /// How many threads it can be told to use.
    package enum Threading: Sendable { case one, any }

    package let name: String
    /// A line for `assay list kernels`.
    package let summary: String
    package let threading: Threading
    private let facts: @Sendable () -> Facts

    /// What is known of it before it is prepared.
    package struct Facts: Sendable {
        /// Why it cannot compute this shape, or nil.
        package let unsupported: String?
        fileprivate let sharedWorkspaceBytes: Int
        fileprivate let workspaceBytesPerThread: Int
        /// Bytes of what its steps hand to each other; nil where there are no steps.
        package let activationBytes: Int?
        /// Bytes of weights in its own layout.
        package let packedBytes: Int
        /// How many times the rounding error of the plain sum its own may be: 1, unless the algorithm adds and subtracts on
        /// the way to the products and back, as Winograd's does. Such a one also carries what is not finite to neighbours
        /// that do not see it.
        package let errorGrowth: Double
        /// Multiply-adds that it does, if they are not those of the direct algorithm: Winograd's are fewer.
        package let executedMACs: Int?
        /// Packs weights and allocates buffers; afterwards it can be run many times without allocating.
        package let prepare: @Sendable (_ tensors: Operands, _ setting: Setting) throws -> any Prepared
    }

    package subscript<Part>(dynamicMember fact: KeyPath<Facts, Part>) -> Part { facts()[keyPath: fact] }

    package init(
        _ name: String, _ summary: String, threading: Threading = .one, unsupported: String? = nil,
        workspaceBytes: Int = 0, workspaceBytesPerThread: Int = 0, activationBytes: Int? = nil, packedBytes: Int = 0,
        errorGrowth: Double = 1, executedMACs: Int? = nil,
        prepare: @escaping @Sendable (_ tensors: Operands, _ setting: Setting) throws -> any Prepared
    ) {
        self.name = name
        self.summary = summary
        self.threading = threading
        let facts = Facts(
            unsupported: unsupported, sharedWorkspaceBytes: workspaceBytes,
            workspaceBytesPerThread: workspaceBytesPerThread, activationBytes: activationBytes,
            packedBytes: packedBytes, errorGrowth: errorGrowth, executedMACs: executedMACs, prepare: prepare)
        self.facts = { facts }
    }

    /// An implementation whose facts take time to find out: they are asked for when someone needs them.
    package init(
        _ name: String, _ summary: String, threading: Threading, found: @escaping @Sendable () -> Implementation
    ) {
        self.name = name
        self.summary = summary
        self.threading = threading
        facts = { found().facts() }
    }

    /// A setting that it can be prepared for.
    package func setting(threads: Int = 1) -> Setting { Setting(name, threads: threads) }

    /// The same setting for a layer that this implementation computes, on as many threads as it can use.
    package func setting(within network: Setting) -> Setting {
        var own = network
        own.implementation = name
        if case .one = threading { own.threads = min(own.threads, 1) }
        return own
    }

    /// Bytes it allocates beside operands and activations when prepared for so many threads: buffers, known before
    /// anything is allocated.
    package func workspaceBytes(threads: Int) -> Int {
        let facts = self.facts()
        return facts.sharedWorkspaceBytes + threads * facts.workspaceBytesPerThread
    }

    /// An implementation that needs nothing prepared: a function of the operands.
    package static func direct(
        _ name: String, _ summary: String, unsupported: String? = nil, run: @escaping @Sendable (Operands) -> Void
    ) -> Implementation {
        Implementation(name, summary, unsupported: unsupported) { tensors, _ in PreparedCall { run(tensors) } }
    }

    /// An implementation that needs nothing prepared and that threads divide among them: a function of the operands and
    /// of a share.
    package static func divided(
        _ name: String, _ summary: String, unsupported: String? = nil,
        run: @escaping @Sendable (Operands, Share) -> Void
    ) -> Implementation {
        Implementation(name, summary, threading: .any, unsupported: unsupported) { tensors, setting in
            let pool = try ThreadPool.shared(setting.threads)
            let body: (Share) -> Void = { run(tensors, $0) }
            return PreparedCall { pool.run(body) }
        }
    }

    /// The judge as a contestant, for those who ask for its time.
    package static func reference(of workload: some Workload) -> Implementation {
        Implementation("reference", "plain loops, summing in Double: the judge") { tensors, _ in
            // The first run tells whether there is memory for the others. States are as if there had been none.
            let initial = try InitialState(tensors, of: workload.operands)
            try workload.reference(tensors)
            initial.write(to: tensors)
            return PreparedCall { try? workload.reference(tensors) }
        }
    }
}

/// An implementation bound to its operands.
package protocol Prepared: AnyObject {
    /// Computes the outputs once. Allocates nothing.
    func run()
}

/// A prepared implementation that is a closure.
package final class PreparedCall: Prepared {
    private let body: () -> Void
    package init(_ body: @escaping () -> Void) { self.body = body }
    package func run() { body() }
}
