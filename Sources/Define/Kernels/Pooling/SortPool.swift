import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// The k nodes of each graph with the largest last channel, the largest first (Zhang et al., "An end-to-end deep learning
/// architecture for graph classification", 2018). Of equal ones the earlier node comes first; NaN is the largest, as in
/// PyTorch. Rows of a graph with fewer nodes are 0 beyond the last.
package struct SortPool: Kernel {
    package static let schema = Schema(
        "sort_pool", "the nodes of each graph with the largest last channel, sorted",
        GraphBatch.parameters + [
            .count("f", as: "features", "channels of a node"),
            .count("k", "nodes of each graph in the result"),
            GraphBatch.seedParameter,
        ], example: "graphs=5,nodes=40,f=6,k=5")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let graphs: GraphBatch
    private let features: Int
    private let k: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        graphs = GraphBatch(arguments)
        (features, k) = (arguments.int("f"), arguments.int("k"))
        operands = [
            try graphs.operand(),
            try .input("x", [graphs.nodes, features], layout: "NC"),
            try .output("y", [graphs.graphs, try product(k, features)], layout: "GC"),
        ]
        // As many as levels of a heap of the best.
        let levels = Int.bitWidth - min(k, graphs.nodes).leadingZeroBitCount
        elementOperations = [ElementOperations("compare", graphs.nodes * levels)]
    }

    /// Of nodes that are not among the best all but the last channel. More than a million graphs are not drawn only to be
    /// counted.
    package var unreadBytes: Int {
        guard graphs.graphs <= 1 << 20 else { return 0 }
        let taken = graphs.sizes.reduce(0) { $0 + min(k, $1) }
        return (graphs.nodes - taken) * (features - 1) * ElementType.f32.size
    }

    /// What is taken is a copy, so no element is a sum. Rows beyond the last node have no terms.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let batch = UnsafePointer(tensors["batch"].ints)
        return (0..<graphs.graphs).flatMap { graph in
            let taken = min(k, graphs.range(of: graph, in: batch).count)
            return [
                Sums(elements: taken * features, length: 1), Sums(elements: (k - taken) * features, length: 0),
            ]
        }
    }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let keys = workspace.perThread(2 * min(k, graphs.nodes))
        return [
            Implementation(
                "native", "a heap of the best of each graph", threading: .any, workspace: workspace
            ) { tensors, setting, memory in
                PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                    for graph in share.range(of: graphs.graphs) {
                        pool(graph, tensors, keys: memory[keys, share.index])
                    }
                }
            }
        ]
    }

    private func pool(_ graph: Int, _ tensors: Operands, keys: UnsafeMutablePointer<Float>) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats + graph * k * features)
        let nodes = graphs.range(of: graph, in: tensors["batch"].ints)
        var best = Ranking(in: keys, capacity: min(k, graphs.nodes))
        let channel = planted(.sortPoolChannel) ? 0 : features - 1
        for node in planted(.sortPoolLast) ? nodes.dropLast() : nodes {
            let score = x[node * features + channel]
            // NaN of either sign is the largest.
            best.offer(score.isNaN ? .nan : score, index: node)
        }
        best.sort()
        for rank in 0..<best.count {
            (y + rank * features).update(from: x + best[rank] * features, count: features)
        }
        (y + best.count * features).update(repeating: 0, count: (k - best.count) * features)
    }

    package func fill(_ tensors: Operands, seed: UInt64) {
        fillByName(tensors, seed: seed)
        graphs.fill(tensors)
        // Multiples of 1/64, so that some are equal.
        let x = tensors["x"].floats
        for node in 0..<graphs.nodes {
            let place = node * features + features - 1
            x[place] = (x[place] * 64).rounded() / 64
        }
    }

    package func reference(_ tensors: Operands) {
        let (batch, x, y) = (tensors["batch"].ints, tensors["x"].floats, tensors["y"].floats)
        var nodes = [[Int]](repeating: [], count: graphs.graphs)
        for node in 0..<graphs.nodes { nodes[Int(batch[node])].append(node) }
        for graph in 0..<graphs.graphs {
            func isBefore(_ a: Int, _ b: Int) -> Bool {
                let (p, q) = (x[a * features + features - 1], x[b * features + features - 1])
                return p == q || p.isNaN && q.isNaN ? a < b : p.isNaN || p > q
            }
            let sorted = nodes[graph].sorted(by: isBefore)
            for rank in 0..<k {
                for i in 0..<features {
                    y[(graph * k + rank) * features + i] = rank < sorted.count ? x[sorted[rank] * features + i] : 0
                }
            }
        }
    }
}
