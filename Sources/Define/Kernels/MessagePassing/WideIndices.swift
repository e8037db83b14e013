import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// A workload on a graph with indices of 64 bits, as DGL and PyTorch Geometric keep them by default.
///
/// Every call narrows them to the 32 bits that the workload itself reads, which is timed. A graph has at most 2^31 - 1 edges, so that
/// nothing is lost.
package struct WideIndices<Narrow: Workload>: Workload {
    let narrow: Narrow

    package var kind: Kind { narrow.kind }
    package var arguments: Arguments { narrow.arguments }
    package var operands: [Operand] { narrow.operands.map(\.widened) }
    package var macs: Int { narrow.macs }
    package var necessaryMACs: Int { narrow.necessaryMACs }
    package var elementOperations: [ElementOperations] { narrow.elementOperations }
    package var unreadBytes: Int { narrow.unreadBytes }
    package var overwritable: [String] { narrow.overwritable }
    package var reductionLength: Int { narrow.reductionLength }
    package var referenceBytes: Int { narrow.referenceBytes + narrowed.reduce(0) { $0 + $1.bytes } }

    package func implementation(preferring name: String) -> String { narrow.implementation(preferring: name) }

    /// The operands with indices, as the workload itself has them.
    private var narrowed: [Operand] { narrow.operands.filter { $0.element == .i32 } }

    package var implementations: [Implementation] {
        narrow.implementations.map { inner in
            var workspace = Workspace(of: [inner])
            let buffers = narrowed.map { ($0, workspace.shared($0.shape.count, of: Int32.self)) }
            return Implementation(
                inner.name, inner.summary, threading: inner.threading, unsupported: inner.unsupported,
                workspace: workspace, activationBytes: inner.activationBytes, errorGrowth: inner.errorGrowth,
                executedMACs: inner.executedMACs
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                var own: [String: Tensor] = [:]
                var copies: [NarrowCopy] = []
                for (operand, buffer) in buffers {
                    own[operand.name] = memory.tensor(buffer, .i32, operand.shape)
                    copies.append(
                        NarrowCopy(from: tensors[operand.name].pointer(), to: memory[buffer], count: buffer.count))
                }
                let prepared = try inner.prepare(tensors.with(Operands(own)), setting)
                return PreparedCall {
                    for copy in copies { pool.run(copy.run) }
                    prepared.run()
                }
            }
        }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        let own = try Operands(allocating: narrowed)
        try narrow.fill(tensors.with(own), seed: seed)
        for operand in narrowed {
            let (from, to): (_, UnsafeMutablePointer<Int64>) = (own[operand.name].ints, tensors[operand.name].pointer())
            for i in 0..<operand.shape.count { to[i] = Int64(from[i]) }
        }
    }

    package func reference(_ tensors: Operands) throws { try narrow.reference(try narrowing(tensors)) }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        guard let tensors = try? narrowing(tensors) else {
            return [Sums(elements: output.shape.count, length: reductionLength)]
        }
        return narrow.sums(behind: output, in: tensors)
    }

    private func narrowing(_ tensors: Operands) throws(OutOfMemory) -> Operands {
        let own = try Operands(allocating: narrowed)
        for operand in narrowed {
            let (from, to): (UnsafeMutablePointer<Int64>, _) = (tensors[operand.name].pointer(), own[operand.name].ints)
            for i in 0..<operand.shape.count { to[i] = Int32(from[i]) }
        }
        return tensors.with(own)
    }
}

/// Indices to be narrowed.
private struct NarrowCopy {
    let from: UnsafePointer<Int64>
    let to: UnsafeMutablePointer<Int32>
    let count: Int

    init(from: UnsafeMutablePointer<Int64>, to: UnsafeMutablePointer<Int32>, count: Int) {
        (self.from, self.to, self.count) = (UnsafePointer(from), to, count)
    }

    func run(_ share: Share) {
        for i in share.range(of: count) {
            to[i] = Int32(truncatingIfNeeded: from[max(i - slip(.narrowEnd), 0)])
        }
    }
}

extension Workload {
    /// The same with indices of 64 bits, if the arguments say so. The schema has `GraphSource.index`.
    package var withIndices: any Workload { arguments.word("index") == "i64" ? WideIndices(narrow: self) : self }
}

extension GraphSource {
    package static let index = Parameter.choice("index", ["i32", "i64"], "type of the graph's indices").asExtra
}
