import Settings
import Tensors
import Threads

/// One way to compute a workload of one shape. The properties of its `Facts` can be read from it directly.
@dynamicMemberLookup
package struct Implementation: Sendable {
    /// How many threads it can use.
    package enum Threading: Sendable { case one, any }

    package let name: String
    /// A one-line summary for `assay list kernels`.
    package let summary: String
    package let threading: Threading
    private let facts: @Sendable () -> Facts

    /// What is known about it before it is prepared.
    package struct Facts: Sendable {
        /// Why it cannot compute this shape, or nil.
        package let unsupported: String?
        /// Its memory besides operands and activations, including weights in its own layout.
        package let workspace: Workspace
        /// Bytes that its steps pass to each other; nil if there are no steps.
        package let activationBytes: Int?
        /// The factor by which its rounding error may exceed that of the plain sum. It is 1, unless the algorithm adds
        /// and subtracts on the way to the products and back, as Winograd's does. Such an algorithm also carries
        /// infinities and NaNs to neighbours that do not see them.
        package let errorGrowth: Double
        /// The multiply-adds that it executes, if they are not those of the direct algorithm: Winograd's are fewer.
        package let executedMACs: Int?
        /// Whether it can pack its weights again: see `Prepared.renew`.
        package let renews: Bool
        /// Packs weights and allocates buffers. Afterwards it can be run many times without allocating.
        package let prepare: @Sendable (_ tensors: Operands, _ setting: Setting) throws -> any Prepared
    }

    package subscript<Part>(dynamicMember fact: KeyPath<Facts, Part>) -> Part { facts()[keyPath: fact] }

    package init(
        _ name: String, _ summary: String, threading: Threading = .one, unsupported: String? = nil,
        workspace: Workspace = Workspace(), activationBytes: Int? = nil, errorGrowth: Double = 1,
        executedMACs: Int? = nil, renews: Bool = false,
        prepare: @escaping @Sendable (_ tensors: Operands, _ setting: Setting, Workspace.Memory) throws -> any Prepared
    ) {
        self.name = name
        self.summary = summary
        self.threading = threading
        let facts = Facts(
            unsupported: unsupported, workspace: workspace, activationBytes: activationBytes, errorGrowth: errorGrowth,
            executedMACs: executedMACs, renews: renews
        ) { tensors, setting in
            let memory = try Workspace.Memory(workspace, threads: setting.threads)
            let prepared = try prepare(tensors, setting, memory)
            return workspace.isEmpty ? prepared : PreparedInMemory(prepared, memory)
        }
        self.facts = { facts }
    }

    /// An implementation whose facts take time to find out: they are computed when they are needed.
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

    /// The same setting for a layer that this implementation computes, with as many of the threads as it can use.
    package func setting(within network: Setting) -> Setting {
        var own = network
        own.implementation = name
        if case .one = threading { own.threads = min(own.threads, 1) }
        return own
    }

    /// An implementation that needs no preparation: a function of the operands.
    package static func direct(
        _ name: String, _ summary: String, unsupported: String? = nil, run: @escaping @Sendable (Operands) -> Void
    ) -> Implementation {
        Implementation(name, summary, unsupported: unsupported) { tensors, _, _ in PreparedCall { run(tensors) } }
    }

    /// An implementation that needs no preparation and whose work is divided among threads: a function of the operands
    /// and of a share.
    package static func divided(
        _ name: String, _ summary: String, unsupported: String? = nil,
        run: @escaping @Sendable (Operands, Share) -> Void
    ) -> Implementation {
        Implementation(name, summary, threading: .any, unsupported: unsupported) { tensors, setting, _ in
            PreparedCall(on: try ThreadPool.shared(setting.threads)) { run(tensors, $0) }
        }
    }

    /// The reference as an implementation, so that it can be timed.
    package static func reference(of workload: some Workload) -> Implementation {
        Implementation("reference", "plain loops, summing in Double: the judge") { tensors, _, _ in
            // The first run shows whether there is memory for the others. Afterwards the states are restored.
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

    /// Packs the weights again, because they have changed. Does nothing if none are packed.
    func renew()

    /// Copies what the last run computed into the operands, if it was computed elsewhere. Never timed.
    func deliver() throws
}

extension Prepared {
    package func renew() {}
    package func deliver() {}
}

/// A prepared implementation made from a closure.
package final class PreparedCall: Prepared {
    private let body: () -> Void
    private let pack: () -> Void

    package init(_ body: @escaping () -> Void) {
        self.body = body
        pack = {}
    }

    /// A call that is divided among the threads of a pool, with weights that `pack` packs: now, and whenever they have changed.
    package init(on pool: ThreadPool, packing pack: @escaping () -> Void, _ body: @escaping (Share) -> Void) {
        self.body = { pool.run(body) }
        self.pack = pack
        pack()
    }

    /// A call that is divided among the threads of a pool.
    package convenience init(on pool: ThreadPool, _ body: @escaping (Share) -> Void) {
        self.init { pool.run(body) }
    }

    package func run() { body() }
    package func renew() { pack() }
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
    func renew() { prepared.renew() }
    func deliver() throws { try prepared.deliver() }
}
