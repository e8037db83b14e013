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
        /// Its memory beside operands and activations, weights in its own layout among it.
        package let workspace: Workspace
        /// Bytes of what its steps hand to each other; nil where there are no steps.
        package let activationBytes: Int?
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
        workspace: Workspace = Workspace(), activationBytes: Int? = nil, errorGrowth: Double = 1,
        executedMACs: Int? = nil,
        prepare: @escaping @Sendable (_ tensors: Operands, _ setting: Setting, Workspace.Memory) throws -> any Prepared
    ) {
        self.name = name
        self.summary = summary
        self.threading = threading
        let facts = Facts(
            unsupported: unsupported, workspace: workspace, activationBytes: activationBytes, errorGrowth: errorGrowth,
            executedMACs: executedMACs
        ) { tensors, setting in
            let memory = try Workspace.Memory(workspace, threads: setting.threads)
            let prepared = try prepare(tensors, setting, memory)
            return workspace.isEmpty ? prepared : PreparedInMemory(prepared, memory)
        }
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

    /// An implementation that needs nothing prepared: a function of the operands.
    package static func direct(
        _ name: String, _ summary: String, unsupported: String? = nil, run: @escaping @Sendable (Operands) -> Void
    ) -> Implementation {
        Implementation(name, summary, unsupported: unsupported) { tensors, _, _ in PreparedCall { run(tensors) } }
    }

    /// An implementation that needs nothing prepared and that threads divide among them: a function of the operands and
    /// of a share.
    package static func divided(
        _ name: String, _ summary: String, unsupported: String? = nil,
        run: @escaping @Sendable (Operands, Share) -> Void
    ) -> Implementation {
        Implementation(name, summary, threading: .any, unsupported: unsupported) { tensors, setting, _ in
            PreparedCall(on: try ThreadPool.shared(setting.threads)) { run(tensors, $0) }
        }
    }

    /// The judge as a contestant, for those who ask for its time.
    package static func reference(of workload: some Workload) -> Implementation {
        Implementation("reference", "plain loops, summing in Double: the judge") { tensors, _, _ in
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

    /// Brings what the last run computed into the operands, if that is not where it computes. Never timed.
    func deliver() throws
}

extension Prepared {
    package func deliver() {}
}

/// A prepared implementation that is a closure.
package final class PreparedCall: Prepared {
    private let body: () -> Void
    package init(_ body: @escaping () -> Void) { self.body = body }

    /// A call that the threads of a pool divide among them.
    package convenience init(on pool: ThreadPool, _ body: @escaping (Share) -> Void) {
        self.init { pool.run(body) }
    }

    package func run() { body() }
}

/// A prepared implementation with the buffers that it reads and writes.
private final class PreparedInMemory: Prepared {
    private let prepared: any Prepared
    private let memory: Workspace.Memory

    init(_ prepared: any Prepared, _ memory: Workspace.Memory) {
        self.prepared = prepared
        self.memory = memory
    }

    func run() { prepared.run() }
}
