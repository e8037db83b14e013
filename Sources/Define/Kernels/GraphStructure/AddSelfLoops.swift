import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// A graph where every node has exactly one self-loop, behind its other edges. Those that it had are dropped, or kept if it is to be one
/// more. If edges have
/// attributes, a self-loop has the mean of those of the other edges that arrive, or zeros if there are none.
package struct AddSelfLoops: Kernel {
    package static let schema = Schema(
        "add_self_loops", "a graph with one self-loop per node",
        GraphSource.parameters + [
            Parameter("a", as: "attributes", .int(0...Int(Int32.max)), .value(.int(0)), "attributes of an edge"),
            .flag("more", "nodes keep the self-loops that they have").asExtra,
            GraphSource.seed,
        ], example: "nodes=34,edges=156,a=3")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    /// The graph that is made.
    let looped: GraphSource
    private let attributes: Int
    private let keepsLoops: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        keepsLoops = arguments.flag("more")
        looped = try graph.with(keepsLoops ? .more : .single, arguments)
        attributes = arguments.int("a")
        self.arguments = graph.completing(arguments)
        operands =
            try graph.operands
            + (attributes > 0 ? [.input("edge_attr", [graph.edges, attributes], layout: "EC")] : [])
            + LoopedRows.operands(rows: graph.rows, edges: looped.edges)
            + (attributes > 0 ? [.output("new_attr", [looped.edges, attributes], layout: "EC")] : [])
        let others = try product(looped.edges - graph.rows, attributes)
        let divisions = try product(graph.rows, attributes)
        elementOperations = [ElementOperations("add", others), ElementOperations("divide", divisions)].filter {
            $0.count > 0
        }
    }

    package var reductionLength: Int { max(1, graph.longestRow) }

    package var implementations: [Implementation] {
        [
            Implementation("native", "row by row", threading: .any) { tensors, setting, _ in
                let pool = try ThreadPool.shared(setting.threads)
                let rows = LoopedRows(tensors, rows: graph.rows, addsLoops: true, keepsLoops: keepsLoops)
                let part: (Share) -> Void = { share in
                    copy(tensors, rows, share.rows(of: rows.pointers, count: graph.rows))
                }
                return PreparedCall {
                    rows.writePointers()
                    pool.run(part)
                }
            }
        ]
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let rows = LoopedRows(tensors, rows: graph.rows, addsLoops: true, keepsLoops: keepsLoops)
        rows.writePointers()
        rows.copy(0..<graph.rows) { _, _, _ in }
        guard attributes > 0 else { return }
        let (old, new) = (tensors["edge_attr"].floats, tensors["new_attr"].floats)
        for attribute in 0..<attributes {
            for row in 0..<graph.rows {
                let loop = Int(rows.newPointers[row + 1]) - 1
                var sum = 0.0
                rows.copy(row..<row + 1) { _, edge, place in
                    guard let place else { return }
                    new[place * attributes + attribute] = old[edge * attributes + attribute]
                    sum += Double(old[edge * attributes + attribute])
                }
                let others = loop - Int(rows.newPointers[row])
                new[loop * attributes + attribute] = Float(sum / Double(max(others, 1)))
            }
        }
    }

    private func copy(_ tensors: Operands, _ rows: LoopedRows, _ part: Range<Int>) {
        guard attributes > 0 else { return rows.copy(part) { _, _, _ in } }
        let (old, new) = (tensors["edge_attr"].floats, tensors["new_attr"].floats)
        for row in part {
            let loop = Int(rows.newPointers[row + 1]) - 1
            let mean = new + loop * attributes
            for i in 0..<attributes { mean[i] = 0 }
            rows.copy(row..<row + 1) { _, edge, place in
                guard let place else { return }
                let (source, target) = (old + edge * attributes, new + place * attributes)
                for i in 0..<attributes {
                    target[i] = source[i]
                    mean[i] += source[i]
                }
            }
            let others = Float(max(loop - Int(rows.newPointers[row]) + slip(.loopMean), 1))
            for i in 0..<attributes { mean[i] /= others }
        }
    }
}
